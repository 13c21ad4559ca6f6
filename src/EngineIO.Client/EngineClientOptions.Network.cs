using System.Net;
using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;

namespace EngineIO.Client;

public partial class EngineClientOptions
{
    /// <summary>Whether cookies of the server are kept and sent back (<c>withCredentials</c>), in a container that lives as long as one session, or in <see cref="Cookies"/>; in a browser, whether requests to other origins carry its cookies. Default: false.</summary>
    public bool WithCredentials { get; set; }

    /// <summary>A container of cookies that outlives the session; where it is given, cookies are used. Default: null.</summary>
    public CookieContainer? Cookies { get; set; }

    /// <summary>Compression of WebSocket messages; null where it shall not be offered (<c>perMessageDeflate</c>). Default: offered. Of the platform; .NET Standard 2.0 has none: null there, by default.</summary>
#if NETSTANDARD2_0
    public PerMessageDeflateOptions? PerMessageDeflate { get; set; }
#else
    public PerMessageDeflateOptions? PerMessageDeflate { get; set; } = new();
#endif

    /// <summary>Whether any certificate of the server is accepted, for both transports (<c>rejectUnauthorized: false</c>): anybody on the way can then read and change what is sent. Default: false.</summary>
    public bool DangerousAcceptAnyServerCertificate { get; set; }

    /// <summary>The roots to trust instead of the system's (<c>ca</c>); the host name is still checked. Default: null, the system's roots.</summary>
    public X509Certificate2Collection? CertificateAuthorities { get; set; }

    /// <summary>The certificates, with private keys, that this client may prove itself with (<c>cert</c>, <c>key</c>, <c>pfx</c>). Default: none.</summary>
    public X509CertificateCollection? ClientCertificates { get; set; }

    /// <summary>Decides about the server's certificate, for both transports (<c>checkServerIdentity</c>). Default: null, the platform's rules.</summary>
    public RemoteCertificateValidationCallback? ServerCertificateValidationCallback { get; set; }

    /// <summary>The proxy, for both transports. Default: null, the system's.</summary>
    public IWebProxy? Proxy { get; set; }

    /// <summary>Whether a proxy is used at all. Default: true.</summary>
    public bool UseProxy { get; set; } = true;

    /// <summary>Whether a session ends, for the reason <see cref="EngineCloseReasons.TransportClose"/>, when the machine loses its last network, rather than when the heartbeat fails; not with servers
    /// on the same machine. Nothing happens on platforms that do not tell, such as browsers. Default: true.</summary>
    public bool CloseOnNetworkLoss { get; set; } = true;

    /// <summary>A handler of one's own for the requests of both transports; never disposed by the client. What it decides (certificates, proxy, redirects) cannot be set here as well. Default: null.</summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Makes a handler for each session, such as <c>IHttpMessageHandlerFactory.CreateHandler</c>; disposed with the session. Default: null.</summary>
    public Func<HttpMessageHandler>? HttpHandlerFactory { get; set; }

    /// <summary>Opens the WebSockets of the sessions, instead of the platform's <see cref="ClientWebSocket"/>: those of a server in memory, or with settings that <see cref="ClientWebSocket"/> or the
    /// platform lacks. A task that fails, or gives null, is a failed handshake; the token ends the attempt. The WebSocket is disposed with the session. The options for certificates, proxy, handlers
    /// and compression are then polling's alone. Called on any thread, one session of several at the same time. Default: null.</summary>
    public Func<WebSocketRequest, CancellationToken, Task<WebSocket>>? WebSocketFactory { get; set; }

    /// <summary>Who tells that the network is lost.</summary>
    internal NetworkWatch NetworkWatch { get; set; } = NetworkWatch.System;
}
