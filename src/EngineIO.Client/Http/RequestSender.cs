using System.Net;
using System.Net.Http.Headers;

namespace EngineIO.Client.Http;

/// <summary>Sends the requests of a session: its headers, its cookies, and the redirects that may be followed.</summary>
internal sealed class RequestSender(SessionSettings settings, ClientConnections connections)
{
    private const int MaxRedirects = 10;

#if !NETSTANDARD2_0
    // What the platform's handler gives to the browser's fetch().
    private static readonly HttpRequestOptionsKey<IDictionary<string, object>> s_fetchOptions = new("WebAssemblyFetchOptions");
    private static readonly Dictionary<string, object> s_withCredentials = new() { ["credentials"] = "include" };
#endif

    /// <summary>Sends a request and returns its answer when the headers are there.</summary>
    /// <param name="uri">The URL.</param>
    /// <param name="content">What to post; null for a GET.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<HttpResponseMessage> SendAsync(Uri uri, HttpContent? content, CancellationToken cancellationToken)
    {
        var origin = uri;
        for (int redirects = 0; ; redirects++)
        {
            var response = await SendOnceAsync(uri, content, IsSameOrigin(origin, uri), cancellationToken).ConfigureAwait(false);
            // A POST is not repeated: it might be taken twice.
            if (content is not null || redirects == MaxRedirects || RedirectOf(response, uri) is not { } next) return response;
            if (!MayFollow(origin, uri, next)) return response;
            response.Dispose();
            uri = next;
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(Uri uri, HttpContent? content, bool isTrusted, CancellationToken cancellationToken)
    {
        var request = new HttpRequestMessage(content is null ? HttpMethod.Get : HttpMethod.Post, uri) { Content = content, Version = HttpVersion.Version11 };
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (isTrusted)
        {
            foreach (var header in settings.Polling.Headers) Add(request.Headers, header);
        }

#if !NETSTANDARD2_0
        if (OperatingSystem.IsBrowser() && settings.Options.WithCredentials) request.Options.Set(s_fetchOptions, s_withCredentials);
#endif
        if (settings.Cookies?.GetCookieHeader(uri) is { Length: > 0 } cookies) CookieHeader.Add(request.Headers, cookies);
        var response = await connections.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (settings.Cookies is { } container) CookieHeader.Store(container, uri, response.Headers);
        return response;
    }

    // Those of a body, such as Content-Type, are not the application's: they are refused here.
    private static void Add(HttpRequestHeaders headers, KeyValuePair<string, string> header)
    {
        if (string.Equals(header.Key, "Accept", StringComparison.OrdinalIgnoreCase)) headers.Accept.Clear();
        headers.TryAddWithoutValidation(header.Key, header.Value);
    }

    private static Uri? RedirectOf(HttpResponseMessage response, Uri uri) => (int)response.StatusCode switch
    {
        301 or 302 or 303 or 307 or 308 when response.Headers.Location is { } location => location.IsAbsoluteUri ? location : new Uri(uri, location),
        _ => null,
    };

    /// <summary>Never from TLS to plain text; and where the client proves itself with a certificate, to nobody else.</summary>
    private bool MayFollow(Uri origin, Uri from, Uri to)
    {
        if (!connections.AreOwn || to.Scheme is not ("http" or "https")) return false;
        if (from.Scheme == "https" && to.Scheme != "https") return false;
        return settings.Options.ClientCertificates is not { Count: > 0 } || IsSameOrigin(origin, to);
    }

    private static bool IsSameOrigin(Uri first, Uri second) =>
        first.Scheme == second.Scheme && first.Port == second.Port && string.Equals(first.IdnHost, second.IdnHost, StringComparison.OrdinalIgnoreCase);
}
