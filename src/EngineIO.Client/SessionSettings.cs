using EngineIO.Client.Http;

namespace EngineIO.Client;

/// <summary>What a session, and its transports, have taken from the URL and the options.</summary>
internal sealed class SessionSettings
{
    public SessionSettings(Uri uri, EngineClientOptions options)
    {
        options.Validate();
        Options = options;
        Loggers = new(options.LoggerFactory);
        Codec = EngineCodec.For(options.Revision);
        Revision = options.Revision;
        SupportsBinary = !options.ForceBase64;
        Time = options.TimeProvider;
        MaxMessageSize = (int)options.MaxMessageSize;
        RequestTimeout = options.RequestTimeout;
        CloseTimeout = options.CloseTimeout;
        Transports = [.. options.Transports.Distinct(StringComparer.Ordinal)];
        Protocols = [.. options.Protocols];
        Deflate = options.PerMessageDeflate;
        var server = new ServerAddress(uri);
        Polling = new(server, options, ClientTransports.Polling);
        WebSocket = new(server, options, ClientTransports.WebSocket);
        Network = options.CloseOnNetworkLoss && !uri.IsLoopback ? options.NetworkWatch : null;
#if !NETSTANDARD2_0
        // Its cookies are not ours to see.
        if (OperatingSystem.IsBrowser()) return;
#endif
        Cookies = options.Cookies ?? (options.WithCredentials ? new() : null);
    }

    public EngineClientOptions Options { get; }

    public ClientLoggers Loggers { get; }

    public EngineCodec Codec { get; }

    public EngineRevision Revision { get; }

    public bool SupportsBinary { get; }

    public TimeProvider Time { get; }

    public int MaxMessageSize { get; }

    public TimeSpan? RequestTimeout { get; }

    public TimeSpan CloseTimeout { get; }

    public List<string> Transports { get; }

    public string[] Protocols { get; }

    public PerMessageDeflateOptions? Deflate { get; }

    public RequestTarget Polling { get; }

    public RequestTarget WebSocket { get; }

    /// <summary>Null where the session does not depend on the machine's network.</summary>
    public NetworkWatch? Network { get; }

    /// <summary>Null where cookies are not used.</summary>
    public System.Net.CookieContainer? Cookies { get; }
}
