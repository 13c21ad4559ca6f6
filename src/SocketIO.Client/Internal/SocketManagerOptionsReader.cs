using EngineIO;
using EngineIO.Client;
using Shared;

namespace SocketIO.Client.Internal;

/// <summary>Reads <see cref="SocketManagerOptions"/> from the configuration.</summary>
internal static class SocketManagerOptionsReader
{
    public static void Read(OptionsSection section, SocketManagerOptions options)
    {
        ReadEngine(section, options);
        section.Flag(nameof(options.AutoConnect), value => options.AutoConnect = value);
        section.Flag(nameof(options.Reconnection), value => options.Reconnection = value);
        section.OptionalNumber<int>(nameof(options.ReconnectionAttempts), value => options.ReconnectionAttempts = value);
        section.Time(nameof(options.ReconnectionDelay), value => options.ReconnectionDelay = value);
        section.Time(nameof(options.ReconnectionDelayMax), value => options.ReconnectionDelayMax = value);
        section.Number<double>(nameof(options.RandomizationFactor), value => options.RandomizationFactor = value);
        section.OptionalTime(nameof(options.ConnectTimeout), value => options.ConnectTimeout = value);
        section.Flag(nameof(options.FailFast), value => options.FailFast = value);
        section.Flag(nameof(options.ForceNew), value => options.ForceNew = value);
        section.Number<int>(nameof(options.MaxQueuedEvents), value => options.MaxQueuedEvents = value);
        section.Number<long>(nameof(options.MaxQueuedEventBytes), value => options.MaxQueuedEventBytes = value);
        section.Group(nameof(options.Socket), options.Socket, ReadSocket, value => options.Socket = value ?? new());
        section.InCode(nameof(options.Parser), nameof(options.JsonSerializerOptions), nameof(options.SynchronizationContext));
    }

    private static void ReadEngine(OptionsSection section, SocketManagerOptions options)
    {
        section.Text(nameof(options.Path), value => options.Path = value!);
        section.Flag(nameof(options.AddTrailingSlash), value => options.AddTrailingSlash = value);
        section.Texts(nameof(options.Query), (name, value) => options.Query[name] = value);
        section.List(nameof(options.Transports), value => options.Transports = value);
        section.Flag(nameof(options.Upgrade), value => options.Upgrade = value);
        section.Flag(nameof(options.TryAllTransports), value => options.TryAllTransports = value);
        section.Flag(nameof(options.RememberUpgrade), value => options.RememberUpgrade = value);
        section.Flag(nameof(options.ForceBase64), value => options.ForceBase64 = value);
        section.OptionalFlag(nameof(options.TimestampRequests), value => options.TimestampRequests = value);
        section.Text(nameof(options.TimestampParam), value => options.TimestampParam = value!);
        section.Texts(nameof(options.ExtraHeaders), (name, value) => options.ExtraHeaders[name] = value);
        section.Group(
            nameof(options.TransportOptions), new(options.TransportOptions, StringComparer.Ordinal), ReadTransports,
            (Dictionary<string, EngineTransportOptions>? value) => options.TransportOptions = value ?? []);
        section.OptionalTime(nameof(options.RequestTimeout), value => options.RequestTimeout = value);
        section.List(nameof(options.Protocols), value => options.Protocols = value);
        section.Choice<EngineRevision>(nameof(options.Revision), value => options.Revision = value);
        section.Number<long>(nameof(options.MaxMessageSize), value => options.MaxMessageSize = value);
        section.Time(nameof(options.CloseTimeout), value => options.CloseTimeout = value);
        section.Flag(nameof(options.WithCredentials), value => options.WithCredentials = value);
        section.Group(nameof(options.PerMessageDeflate), options.PerMessageDeflate, ReadPerMessageDeflate, value => options.PerMessageDeflate = value);
        section.Flag(nameof(options.DangerousAcceptAnyServerCertificate), value => options.DangerousAcceptAnyServerCertificate = value);
        section.Flag(nameof(options.UseProxy), value => options.UseProxy = value);
        section.Flag(nameof(options.CloseOnNetworkLoss), value => options.CloseOnNetworkLoss = value);
        section.InCode(
            nameof(options.Cookies), nameof(options.CertificateAuthorities), nameof(options.ClientCertificates), nameof(options.ServerCertificateValidationCallback), nameof(options.Proxy),
            nameof(options.HttpHandler), nameof(options.HttpHandlerFactory), nameof(options.WebSocketFactory), nameof(options.TimeProvider), nameof(options.LoggerFactory));
    }

    private static void ReadTransports(OptionsSection section, Dictionary<string, EngineTransportOptions> transports)
    {
        foreach (string name in (string[])["polling", "websocket"])
            section.Group(name, transports.TryGetValue(name, out var current) ? current : null, ReadTransport, value => transports[name] = value ?? new());
    }

    private static void ReadTransport(OptionsSection section, EngineTransportOptions transport)
    {
        section.Text(nameof(transport.Path), value => transport.Path = value);
        section.OptionalFlag(nameof(transport.AddTrailingSlash), value => transport.AddTrailingSlash = value);
        section.Texts(nameof(transport.Query), (name, value) => (transport.Query ??= new Dictionary<string, string?>(StringComparer.Ordinal))[name] = value);
        section.Texts(nameof(transport.ExtraHeaders), (name, value) => (transport.ExtraHeaders ??= new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase))[name] = value);
        section.OptionalFlag(nameof(transport.TimestampRequests), value => transport.TimestampRequests = value);
    }

    private static void ReadPerMessageDeflate(OptionsSection section, PerMessageDeflateOptions deflate)
    {
        section.Number<int>(nameof(deflate.Threshold), value => deflate.Threshold = value);
        section.Flag(nameof(deflate.ClientNoContextTakeover), value => deflate.ClientNoContextTakeover = value);
        section.Flag(nameof(deflate.ServerNoContextTakeover), value => deflate.ServerNoContextTakeover = value);
        section.Number<int>(nameof(deflate.ClientMaxWindowBits), value => deflate.ClientMaxWindowBits = value);
        section.Number<int>(nameof(deflate.ServerMaxWindowBits), value => deflate.ServerMaxWindowBits = value);
    }

    private static void ReadSocket(OptionsSection section, ClientSocketOptions socket)
    {
        section.Number<int>(nameof(socket.Retries), value => socket.Retries = value);
        section.OptionalTime(nameof(socket.AckTimeout), value => socket.AckTimeout = value);
        section.InCode(nameof(socket.Auth), nameof(socket.AuthProvider));
    }
}
