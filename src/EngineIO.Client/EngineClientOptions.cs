using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace EngineIO.Client;

/// <summary>How a client connects. The options are read when an <see cref="EngineClient"/> is made; a change concerns the clients made afterwards. Several clients may share one object, each keeps
/// its connections to itself.</summary>
public partial class EngineClientOptions
{
    /// <summary>Where the server listens, whatever the path of the URL; one slash at the end does not count (<c>path</c>). Default: <c>/engine.io</c>.</summary>
    public string Path { get; set; } = "/engine.io";

    /// <summary>Whether requests go to the path with a slash at its end (<c>addTrailingSlash</c>). Default: true.</summary>
    public bool AddTrailingSlash { get; set; } = true;

    /// <summary>Query parameters of every request (<c>query</c>). They win over those of the URL, and those of the protocol over them. A null is sent as an empty value. Default: none.</summary>
    public IDictionary<string, string?> Query { get; set; } = new Dictionary<string, string?>(StringComparer.Ordinal);

    /// <summary>The transports, <c>polling</c> and <c>websocket</c> (<c>transports</c>): the first one is opened, the others are what the session may move to. Default: both, in this order.</summary>
    public IList<string> Transports { get; set; } = [ClientTransports.Polling, ClientTransports.WebSocket];

    /// <summary>Whether the session tries to move to the better transports that the server offers (<c>upgrade</c>). Default: true.</summary>
    public bool Upgrade { get; set; } = true;

    /// <summary>Whether the next transport is tried where one fails to open (<c>tryAllTransports</c>). Default: false.</summary>
    public bool TryAllTransports { get; set; }

    /// <summary>Whether a session begins with WebSocket where the last one of these options has reached it (<c>rememberUpgrade</c>). Default: false.</summary>
    public bool RememberUpgrade { get; set; }

    /// <summary>Whether binary messages are sent, and asked for, as base64 text (<c>forceBase64</c>). Default: false.</summary>
    public bool ForceBase64 { get; set; }

    /// <summary>Whether requests carry a parameter that keeps caches from answering them (<c>timestampRequests</c>). Default: null, which means on polling only.</summary>
    public bool? TimestampRequests { get; set; }

    /// <summary>The name of that parameter (<c>timestampParam</c>). Default: <c>t</c>.</summary>
    public string TimestampParam { get; set; } = "t";

    /// <summary>Headers of every request (<c>extraHeaders</c>). They do not follow a redirect to another origin, and a browser sends them with polling alone. Default: none.</summary>
    public IDictionary<string, string> ExtraHeaders { get; set; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>What differs for a transport, by its name (<c>transportOptions</c>). Default: nothing.</summary>
    public IDictionary<string, EngineTransportOptions> TransportOptions { get; set; } = new Dictionary<string, EngineTransportOptions>(StringComparer.Ordinal);

    /// <summary>How long one polling request may take (<c>requestTimeout</c>); more than the server's ping interval. Default: null, no limit of its own.</summary>
    public TimeSpan? RequestTimeout { get; set; }

    /// <summary>The WebSocket sub-protocols to offer (<c>protocols</c>). Default: none.</summary>
    public IList<string> Protocols { get; set; } = [];

    /// <summary>The protocol revision that the server speaks. Default: <see cref="EngineRevision.V4"/>; <see cref="EngineRevision.V3"/> is for servers of Socket.IO 2 and older.</summary>
    public EngineRevision Revision { get; set; } = EngineRevision.V4;

    /// <summary>The longest message, or answer to a polling request, that is read, in bytes after decompression. A longer one ends the session. Default: 64 MiB.</summary>
    public long MaxMessageSize { get; set; } = 64 << 20;

    /// <summary>How long a goodbye may take: to write what was sent before <see cref="EngineClient.Close"/>, and then to tell the server. Default: 2 s.</summary>
    public TimeSpan CloseTimeout { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Where the debug lines go, under the reference's scopes as categories. Default: nowhere.</summary>
    public ILoggerFactory LoggerFactory { get; set; } = NullLoggerFactory.Instance;

    /// <summary>What the sessions of these options have learnt (<see cref="RememberUpgrade"/>).</summary>
    internal UpgradeMemory UpgradeMemory { get; } = new();
}
