namespace EngineIO.Client;

public partial class EngineClientOptions
{
    /// <summary>Throws where an option is wrong, naming it.</summary>
    /// <exception cref="ArgumentException">An option is wrong.</exception>
    /// <exception cref="PlatformNotSupportedException">An option asks for what the platform lacks.</exception>
    internal void Validate()
    {
        RequireAll();
        if (Path.Length > 0 && Path[0] != '/') throw Wrong(nameof(Path), $"\"{Path}\" does not begin with a slash; write \"/{Path}\".");
        foreach (string name in Transports)
        {
            if (!IsTransport(name)) throw Wrong(nameof(Transports), $"there is no transport \"{name}\"; the transports are \"{ClientTransports.Polling}\" and \"{ClientTransports.WebSocket}\".");
        }

        foreach (string name in TransportOptions.Keys)
        {
            if (!IsTransport(name)) throw Wrong(nameof(TransportOptions), $"there is no transport \"{name}\".");
        }

        ValidateHeaders(ExtraHeaders, nameof(ExtraHeaders));
        foreach (var own in TransportOptions.Values)
        {
            if (own is null) throw Wrong(nameof(TransportOptions), "its values must not be null.");
            ValidateHeaders(own.ExtraHeaders, nameof(TransportOptions));
            if (own.Path is { Length: > 0 } path && path[0] != '/') throw Wrong(nameof(TransportOptions), $"the path \"{path}\" does not begin with a slash.");
        }

        if (string.IsNullOrEmpty(TimestampParam)) throw Wrong(nameof(TimestampParam), "a name is needed; set TimestampRequests to false to leave it out.");
        if (RequestTimeout is { } timeout && !IsTime(timeout)) throw Wrong(nameof(RequestTimeout), "it must be positive, of 24 days at most, or null for none.");
        if (!IsTime(CloseTimeout)) throw Wrong(nameof(CloseTimeout), "it must be positive, a goodbye takes a moment, and of 24 days at most.");
        if (MaxMessageSize is <= 0 or > int.MaxValue) throw Wrong(nameof(MaxMessageSize), $"it must be between 1 and {int.MaxValue} bytes.");
        if (Revision is not (EngineRevision.V3 or EngineRevision.V4)) throw Wrong(nameof(Revision), "the revisions are 3 and 4.");
        if (HttpHandler is not null && HttpHandlerFactory is not null) throw Wrong(nameof(HttpHandlerFactory), "give either it or HttpHandler.");
        if ((HttpHandler ?? (object?)HttpHandlerFactory) is not null && OptionOfTheHandler is { } option)
            throw Wrong(option, "it is for the client's own handler; set it on the handler that you give as HttpHandler or HttpHandlerFactory.");
        ValidateDeflate();
        ValidatePlatform();
    }

    private string? OptionOfTheHandler =>
        DangerousAcceptAnyServerCertificate ? nameof(DangerousAcceptAnyServerCertificate)
        : CertificateAuthorities is not null ? nameof(CertificateAuthorities)
        : ClientCertificates is not null ? nameof(ClientCertificates)
        : ServerCertificateValidationCallback is not null ? nameof(ServerCertificateValidationCallback)
        : Proxy is not null ? nameof(Proxy)
        : !UseProxy ? nameof(UseProxy)
        : null;

    private void RequireAll()
    {
        Require(Path, nameof(Path));
        Require(Query, nameof(Query));
        Require(Transports, nameof(Transports));
        Require(ExtraHeaders, nameof(ExtraHeaders));
        Require(TransportOptions, nameof(TransportOptions));
        Require(Protocols, nameof(Protocols));
        Require(TimeProvider, nameof(TimeProvider));
        Require(LoggerFactory, nameof(LoggerFactory));
    }

    private void ValidateDeflate()
    {
        if (PerMessageDeflate is not { } deflate) return;
        if (deflate.Threshold < 0) throw Wrong(nameof(PerMessageDeflate), "its Threshold must not be negative.");
        if (deflate.ClientMaxWindowBits is < 9 or > 15) throw Wrong(nameof(PerMessageDeflate), "its ClientMaxWindowBits must be between 9 and 15.");
        if (deflate.ServerMaxWindowBits is < 9 or > 15) throw Wrong(nameof(PerMessageDeflate), "its ServerMaxWindowBits must be between 9 and 15.");
    }

#if NETSTANDARD2_0
    private void ValidatePlatform()
    {
        if (CertificateAuthorities is not null)
            throw new PlatformNotSupportedException($"The option {nameof(CertificateAuthorities)} is not available on .NET Standard 2.0; use .NET 8 or later.");
        if (WebSocketFactory is not null || !Transports.Contains(ClientTransports.WebSocket)) return;
        if (PerMessageDeflate is not null) throw Missing(nameof(PerMessageDeflate));
        if (DangerousAcceptAnyServerCertificate) throw Missing(nameof(DangerousAcceptAnyServerCertificate));
        if (ServerCertificateValidationCallback is not null) throw Missing(nameof(ServerCertificateValidationCallback));
        if (HttpHandler is not null) throw Missing(nameof(HttpHandler));
        if (HttpHandlerFactory is not null) throw Missing(nameof(HttpHandlerFactory));
    }

    private static PlatformNotSupportedException Missing(string option) =>
        new($"The option {option} is not available for WebSocket on .NET Standard 2.0; use .NET 8 or later or {nameof(WebSocketFactory)}, or leave \"{ClientTransports.WebSocket}\" out of Transports.");
#else
    private void ValidatePlatform()
    {
        if (OperatingSystem.IsBrowser() && (OptionOfTheHandler ?? (Cookies is null ? null : nameof(Cookies))) is { } option)
            throw new PlatformNotSupportedException($"The option {option} is not available in a browser, which decides about it itself.");
    }
#endif

    private static bool IsTime(TimeSpan time) => time > TimeSpan.Zero && time.TotalMilliseconds <= int.MaxValue;

    private static void ValidateHeaders(IDictionary<string, string>? headers, string option)
    {
        foreach (var header in headers ?? new Dictionary<string, string>())
        {
            if (header.Key.Length == 0 || header.Key.Any(static c => c <= ' ' || c > '~' || "()<>@,;:\\\"/[]?={}".Contains(c)))
                throw Wrong(option, $"\"{header.Key}\" is no name of a header.");
            if (header.Value is null || header.Value.Any(static c => c is '\r' or '\n' or '\0'))
                throw Wrong(option, $"the value of \"{header.Key}\" must be one line.");
        }
    }

    private static bool IsTransport(string name) => name is ClientTransports.Polling or ClientTransports.WebSocket;

    private static void Require(object? value, string option)
    {
        if (value is null) throw Wrong(option, "it must not be null.");
    }

    private static ArgumentException Wrong(string option, string why) => new($"The option {option} is wrong: {why}", option);
}
