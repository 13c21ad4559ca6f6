namespace EngineIO.Client.Http;

/// <summary>What a URL says about the server: scheme, host, port and query. Path, user info and fragment do not count.</summary>
internal sealed class ServerAddress
{
    private const int MaxLength = 8000;

    public ServerAddress(Uri uri)
    {
        if (uri is not { IsAbsoluteUri: true }) throw new ArgumentException($"The URL \"{uri}\" is relative; write it with scheme and host, as in \"https://example.com\".", nameof(uri));
        if (uri.OriginalString.Length > MaxLength) throw new ArgumentException($"URI too long: {uri.OriginalString.Length} characters, and {MaxLength} are allowed.", nameof(uri));
        IsSecure = uri.Scheme switch
        {
            "https" or "wss" => true,
            "http" or "ws" => false,
            _ => throw new ArgumentException($"The URL's scheme \"{uri.Scheme}\" is none of http, https, ws and wss.", nameof(uri)),
        };
        if (uri.Host.Length == 0) throw new ArgumentException($"The URL \"{uri}\" has no host.", nameof(uri));
        string host = uri.HostNameType == UriHostNameType.IPv6 ? uri.Host : uri.IdnHost;
        Authority = uri.Port < 0 || uri.Port == (IsSecure ? 443 : 80) ? host : $"{host}:{uri.Port}";
        Query = QueryText.Parse(uri.Query);
    }

    public bool IsSecure { get; }

    public string Authority { get; }

    public Dictionary<string, string> Query { get; }
}
