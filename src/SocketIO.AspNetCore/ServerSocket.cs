using System.Collections.Concurrent;
using EngineIO.AspNetCore;
using SocketIO.AspNetCore.Internal;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Events;

namespace SocketIO.AspNetCore;

/// <summary>One client in one namespace.</summary>
/// <remarks>
/// <para>Thread-safe: every member may be called from any thread, by handlers or from outside.</para>
/// <para>What guards what: the lock of <c>_events</c> guards <c>_phase</c>, <c>_deferredClose</c>, <c>_openingThread</c>, <c>_held</c>, <c>_isGranted</c> and the making of what is made on
/// first use; it is held for a few assignments and never while a handler, the adapter, the session or a logger is called. Handlers are in lists that are copied on write,
/// events in the <see cref="EventQueue"/> and awaited acknowledgements in the <see cref="AckRegistry"/>, each with its own lock.</para>
/// <para>Source: https://socket.io/docs/v4/server-socket-instance/.</para>
/// </remarks>
public sealed partial class ServerSocket : EventSource, IRemoteSocket, IAckTarget, IListenerErrorHandler
{
    private readonly EventQueue _events;

    internal ServerSocket(ServerNamespace ns, ClientConnection client, string id, Payload auth, RecoveryAttempt recovery = default)
        : base(ns.Server.Serializer)
    {
        var options = ns.Server.Options;
        _log = ns.Server.Loggers.Socket;
        Namespace = ns;
        Client = client;
        Id = id;
        Handshake = new Handshake(client.Session.Handshake, auth, ns.Server.Serializer, ns.Server.TimeProvider.GetUtcNow());
        _rateLimits = EventRateLimits.For(this, options);
        Recovery = recovery.Outcome;
        if (recovery is { Restored: { } restored, Holder: { } holder })
        {
            _restored = restored;
            _data = restored.Session.Data as ConcurrentDictionary<string, object?> ?? new(restored.Session.Data, StringComparer.Ordinal);
            _holder = holder;
            holder.GrantedAt = restored.Session.GrantedAt;
            holder.LastSent = restored.Session.LastSent;
            holder.Socket = this;
        }

        _events = new EventQueue(this, options.MaxConcurrentHandlers, options.MaxQueuedEvents, options.MaxHttpBufferSize);
    }

    /// <summary>The id; another one for each connection unless the former's state was recovered, and also the name of the socket's own room.</summary>
    public string Id { get; }

    /// <summary>The namespace.</summary>
    public ServerNamespace Namespace { get; }

    /// <summary>The server.</summary>
    public SocketIOServer Server => Namespace.Server;

    /// <summary>The connection that the socket shares with the client's sockets in other namespaces.</summary>
    public ClientConnection Client { get; }

    /// <summary>The Engine.IO session under it (<c>conn</c>).</summary>
    public EngineSession Connection => Client.Session;

    /// <summary>What the client said when it connected.</summary>
    public Handshake Handshake { get; }

    /// <summary>Whether the socket is connected: true from before the connection handlers until before <see cref="OnDisconnected"/>.</summary>
    public bool Connected => _phase is Phase.Opening or Phase.Open or Phase.Closing;

    /// <summary>Whether the socket is not connected.</summary>
    public bool Disconnected => !Connected;

    internal void ReleaseReader() => _events.ReleaseReader();

    private static T Made<T>(ref T? field)
        where T : class, new()
    {
        // Two threads may both make one; the first that is stored counts.
        Interlocked.CompareExchange(ref field, new T(), null);
        return field;
    }
}
