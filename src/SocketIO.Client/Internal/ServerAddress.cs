using System.Globalization;
using Microsoft.Extensions.Logging;

namespace SocketIO.Client.Internal;

/// <summary>What a URL says: where the server is, which namespace is meant, and a query.</summary>
/// <remarks>The path of the URL is the namespace, as it stands there: https://socket.io/docs/v4/client-initialization/#custom-namespace</remarks>
internal sealed partial class ServerAddress
{
    private const int MaxLength = 8000;

    private ServerAddress(string source, Uri uri, string ns)
    {
        Source = source;
        Uri = uri;
        Namespace = ns;
    }

    /// <summary>The URL as it was given.</summary>
    public string Source { get; }

    /// <summary>Scheme, host, port and query; no path.</summary>
    public Uri Uri { get; }

    public string Namespace { get; }

    /// <summary>What sockets that share a connection have in common.</summary>
    /// <param name="path">The option.</param>
    public string KeyOf(string path) => string.Format(CultureInfo.InvariantCulture, "{0}://{1}:{2}{3}", Uri.Scheme, Uri.Host, Uri.Port, path);

    public static ServerAddress Parse(string url, ILogger logger)
    {
        if (url is null) throw new ArgumentNullException(nameof(url));
        if (url.Length > MaxLength) throw new ArgumentException("URI too long", nameof(url));
        var scheme = url.IndexOf("://", StringComparison.Ordinal);
        if (scheme < 0 || url[..scheme].ToLowerInvariant() is not ("http" or "https" or "ws" or "wss"))
        {
            LogProtocolLess(logger, url);
            throw new ArgumentException($"\"{url}\" is no absolute URL: begin it with http://, https://, ws:// or wss://.", nameof(url));
        }

        LogParse(logger, url);
        // The namespace is what stands there, while Uri would escape it and resolve dots.
        var rest = url[(scheme + 3)..];
        var authorityEnd = rest.IndexOfAny(['/', '?', '#']);
        var (authority, tail) = authorityEnd < 0 ? (rest, "") : (rest[..authorityEnd], rest[authorityEnd..]);
        var fragment = tail.IndexOf('#');
        if (fragment >= 0) tail = tail[..fragment];
        var query = tail.IndexOf('?');
        var (path, search) = query < 0 ? (tail, "") : (tail[..query], tail[query..]);
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        if (!Uri.TryCreate($"{url[..scheme]}://{authority}/{search}", UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw new ArgumentException($"\"{url}\" names no host.", nameof(url));
        return new ServerAddress(url, uri, path.Length == 0 ? "/" : path);
    }

    [LoggerMessage(1, LogLevel.Debug, "parse {Url}")]
    private static partial void LogParse(ILogger logger, string url);

    [LoggerMessage(2, LogLevel.Debug, "protocol-less url {Url}")]
    private static partial void LogProtocolLess(ILogger logger, string url);
}
