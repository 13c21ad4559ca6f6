using System.Net;
using System.Net.Http.Headers;

namespace EngineIO.Client.Http;

/// <summary>Cookies between a container and headers, the same for both transports and for handlers that are not ours.</summary>
internal static class CookieHeader
{
    private const string Name = "Cookie";

    /// <summary>Adds cookies to those that the application gave as a header.</summary>
    public static void Add(HttpRequestHeaders headers, string cookies)
    {
        string all = headers.TryGetValues(Name, out var given) ? $"{string.Join("; ", given)}; {cookies}" : cookies;
        headers.Remove(Name);
        headers.TryAddWithoutValidation(Name, all);
    }

    /// <summary>Keeps what a server sets; what is no cookie is ignored.</summary>
    public static void Store(CookieContainer container, Uri uri, HttpResponseHeaders headers)
    {
        if (!headers.TryGetValues("Set-Cookie", out var values)) return;
        foreach (string value in values)
        {
            try
            {
                container.SetCookies(uri, value);
            }
            catch (CookieException)
            {
            }
        }
    }
}
