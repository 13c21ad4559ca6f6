using System.Globalization;
using System.Text;

namespace TestKit;

/// <summary>A request as it came over the wire.</summary>
public sealed class ScriptedRequest
{
    private ScriptedRequest(string requestLine, IReadOnlyList<KeyValuePair<string, string>> headers)
    {
        string[] parts = requestLine.Split(' ', 3);
        (Method, Target, Headers) = (parts[0], parts[1], headers);
        int question = Target.IndexOf('?', StringComparison.Ordinal);
        Path = question < 0 ? Target : Target[..question];
        Query = question < 0 ? [] : Target[(question + 1)..].Split('&')
            .Select(pair => pair.Split('=', 2))
            .ToDictionary(pair => Uri.UnescapeDataString(pair[0]), pair => pair.Length < 2 ? "" : Uri.UnescapeDataString(pair[1]));
    }

    public string Method { get; }

    /// <summary>Path and query as they came.</summary>
    public string Target { get; }

    public string Path { get; }

    public Dictionary<string, string> Query { get; }

    /// <summary>Names and values in their order on the wire.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; }

    /// <summary>Empty until it has been read; a request is logged by its head.</summary>
    public byte[] Body { get; private set; } = [];

    public string Text => Encoding.UTF8.GetString(Body);

    public string? SessionId => Query.GetValueOrDefault("sid");

    public bool IsWebSocket => "websocket".Equals(Header("upgrade"), StringComparison.OrdinalIgnoreCase);

    /// <summary>The value of a header; several are joined by commas; null when absent.</summary>
    public string? Header(string name)
    {
        string[] values = [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];
        return values.Length == 0 ? null : string.Join(", ", values);
    }

    public override string ToString() => Body.Length == 0 ? $"{Method} {Target}" : $"{Method} {Target} {Text}";

    /// <summary>Reads a request; null when the peer has ended the connection before one.</summary>
    internal static async Task<ScriptedRequest?> ReadAsync(WireConnection wire, Action<ScriptedRequest> onHead)
    {
        try
        {
            string requestLine = await wire.ReadLineAsync().ConfigureAwait(false);
            var headers = new List<KeyValuePair<string, string>>();
            while (await wire.ReadLineAsync().ConfigureAwait(false) is { Length: > 0 } line)
            {
                int colon = line.IndexOf(':', StringComparison.Ordinal);
                headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ')));
            }

            var request = new ScriptedRequest(requestLine, headers);
            onHead(request);
            if (request.Header("transfer-encoding") is not null)
                throw new NotSupportedException("A chunked request body.");
            if (request.Header("content-length") is { } length)
                request.Body = await wire.ReadExactAsync(int.Parse(length, CultureInfo.InvariantCulture)).ConfigureAwait(false);
            return request;
        }
        catch (WireClosedException)
        {
            return null;
        }
    }
}
