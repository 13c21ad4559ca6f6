using System.Text.Json;
using EngineIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

/// <summary>Options of a Socket.IO server, those of its Engine.IO server included, named after the official ones
/// (https://socket.io/docs/v4/server-options/). They are read when the server is made; later changes have no effect.</summary>
public partial class SocketIOOptions : EngineOptions
{
    internal static readonly TimeSpan DefaultConnectTimeout = TimeSpan.FromSeconds(45);

    /// <summary>The default options.</summary>
    public SocketIOOptions() => Path = "/socket.io";

    /// <summary>How long a client may stay without joining a namespace (<c>connectTimeout</c>). Default: 45 s, which zero means as well.</summary>
    public TimeSpan ConnectTimeout { get; set; } = DefaultConnectTimeout;

    /// <summary>Whether the browser client is served under the path (<c>serveClient</c>): <c>/socket.io/socket.io.js</c> and its variants. Default: true.</summary>
    public bool ServeClient { get; set; } = true;

    /// <summary>Makes the adapter of each namespace (<c>adapter</c>). Default: null, an <see cref="InMemoryAdapter"/>, or a
    /// <see cref="SessionAwareAdapter"/> where <see cref="ConnectionStateRecovery"/> is set.</summary>
    public Func<ServerNamespace, IAdapter>? Adapter { get; set; }

    /// <summary>Turns packets into messages (<c>parser</c>); clients must use the same. Default: null, a <see cref="JsonPacketParser"/>.</summary>
    public IPacketParser? Parser { get; set; }

    /// <summary>How arguments are turned into JSON and back; copied. Default: null, names are written as declared and read in any case;
    /// <see cref="JsonSerializerOptions.Web"/> writes them in camel case, as the rest of ASP.NET Core does.</summary>
    public JsonSerializerOptions? SerializerOptions { get; set; }

    /// <summary>Recovers the state of clients after short disconnections (<c>connectionStateRecovery</c>). Default: null, not at all.</summary>
    public ConnectionStateRecoveryOptions? ConnectionStateRecovery { get; set; }

    /// <summary>How many events of one socket may be handled at the same time. Default: 1, so that each handler has completed before the next event's starts. With more,
    /// handlers still start in the order in which the events came.</summary>
    public int MaxConcurrentHandlers { get; set; } = 1;

    /// <summary>How many events of one socket may wait for its handlers before nothing more is read from its connection. Default: 1,024. Waiting events with more
    /// than <see cref="EngineOptions.MaxHttpBufferSize"/> bytes together have the same effect. While the server awaits an acknowledgement of that client, sixteen times
    /// as much is allowed, lest the acknowledgement be stuck behind the events.</summary>
    public int MaxQueuedEvents { get; set; } = 1024;

    /// <summary>How many namespaces one connection may have joined, or be joining, at a time; more are refused with a <c>connect_error</c>. Default: 1,000.</summary>
    public int MaxNamespacesPerConnection { get; set; } = 1000;

    /// <summary>Whether a child of a <see cref="ParentNamespace"/> is removed, and its adapter closed, when nobody is left in it (<c>cleanupEmptyChildNamespaces</c>); the next
    /// client makes it anew. Default: false.</summary>
    public bool CleanupEmptyChildNamespaces { get; set; }

    /// <summary>How many children of parent namespaces there may be before clients can make no more. Default: 100,000.</summary>
    public int MaxChildNamespaces { get; set; } = 100_000;

    /// <summary>The longest name, in UTF-16 code units, that parent namespaces are asked about; longer ones are refused. Default: 1,024.</summary>
    public int MaxNamespaceLength { get; set; } = 1024;

    /// <summary>Whether a client learns the message of any exception that a namespace middleware throws. Default: false, only that of a
    /// <see cref="ConnectionRefusedException"/>. For development.</summary>
    public bool EnableDetailedErrors { get; set; }
}
