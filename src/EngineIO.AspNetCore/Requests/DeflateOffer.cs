using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore.Requests;

/// <summary>A client's offer of <c>permessage-deflate</c>. .NET accepts what is offered about the client's side, and has no options of its own for it; so the offer is
/// narrowed before it is read.</summary>
internal static class DeflateOffer
{
    private const string Extension = "permessage-deflate";
    private const string WindowBits = "client_max_window_bits";
    private const string NoContextTakeover = "client_no_context_takeover";

    /// <summary>Whether a client makes one.</summary>
    public static bool IsIn(IHeaderDictionary headers) => headers.SecWebSocketExtensions.ToString().Contains(Extension, StringComparison.Ordinal);

    public static void Narrow(IHeaderDictionary headers, PerMessageDeflateOptions deflate)
    {
        if (deflate is { ClientNoContextTakeover: false, ClientMaxWindowBits: 15 } || headers.SecWebSocketExtensions.Count == 0) return;
        headers.SecWebSocketExtensions = string.Join(", ", headers.SecWebSocketExtensions.ToString().Split(',').Select(offer => Narrow(offer, deflate)));
    }

    private static string Narrow(string offer, PerMessageDeflateOptions deflate)
    {
        var parameters = offer.Split(';', StringSplitOptions.TrimEntries);
        if (parameters[0] != Extension) return offer;
        var narrowed = parameters.Select(parameter => IsNamed(parameter, WindowBits) ? NarrowWindow(parameter, deflate.ClientMaxWindowBits) : parameter);
        if (deflate.ClientNoContextTakeover && !parameters.Contains(NoContextTakeover)) narrowed = narrowed.Append(NoContextTakeover);
        return string.Join("; ", narrowed);
    }

    private static string NarrowWindow(string parameter, int bits) =>
        int.TryParse(parameter.AsSpan(WindowBits.Length).TrimStart(" =").Trim('"'), CultureInfo.InvariantCulture, out var offered) && offered <= bits
            ? parameter
            : string.Create(CultureInfo.InvariantCulture, $"{WindowBits}={bits}");

    private static bool IsNamed(string parameter, string name) => parameter.Split('=')[0].TrimEnd() == name;
}
