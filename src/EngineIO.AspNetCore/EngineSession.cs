using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Timing;
using EngineIO.AspNetCore.Transports;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

/// <summary>One client's session (the reference's raw socket, <c>conn</c>). Every member is thread-safe.</summary>
public sealed partial class EngineSession
{
    private readonly EngineServer _server;
    private readonly ILogger _logger;

    // Guarded by Gate.
    private readonly SendQueue _queue;
    private Transport _transport;
    private EngineSessionState _state;
    private long _openedAt;

    internal EngineSession(string id, EngineRequest request, EngineServer server)
    {
        Id = id;
        Revision = request.Revision;
        Handshake = new EngineHandshake(request, server.Time.GetUtcNow());
        _server = server;
        _logger = server.Loggers.Session;
        _queue = new SendQueue(server.Options.MaxQueuedPackets, server.Options.MaxQueuedBytes);
        _heartbeat = new WheelTimer(static session => ((EngineSession)session).OnHeartbeatDue(), this);
        _transport = null!; // Set by Open, before anybody sees the session.
    }

    /// <summary>The id. It is the session's secret: never show it to another client.</summary>
    public string Id { get; }

    /// <summary>The protocol revision, fixed by the handshake.</summary>
    public EngineRevision Revision { get; }

    /// <summary>What the first request said.</summary>
    public EngineHandshake Handshake { get; }

    /// <summary>The state.</summary>
    public EngineSessionState State
    {
        get
        {
            lock (Gate) return _state;
        }
    }

    /// <summary>The current transport: <c>polling</c> or <c>websocket</c>.</summary>
    public string TransportName
    {
        get
        {
            lock (Gate) return _transport.Name;
        }
    }

    /// <summary>Whether a message sent now would leave at once. On polling that takes a waiting GET.</summary>
    public bool IsWritable
    {
        get
        {
            lock (Gate) return _state == EngineSessionState.Open && CanWrite;
        }
    }

    /// <summary>The number of packets in the send queue.</summary>
    public int QueuedPackets
    {
        get
        {
            lock (Gate) return _queue.Count;
        }
    }

    /// <summary>Who receives what happens. Set it in the server's connection handler: no message is read before that returns.</summary>
    public IEngineSessionHandler? Handler { get; set; }

    /// <summary>The client probes a WebSocket.</summary>
    public event Action? Upgrading;

    /// <summary>The session has moved to a WebSocket.</summary>
    public event Action? Upgraded;

    /// <summary>A pong (revision 4) or ping (revision 3) arrived.</summary>
    public event Action? Heartbeat;

    /// <summary>A packet of any type arrived; raised before it is handled.</summary>
    public event Action<EnginePacket>? PacketReceived;

    /// <summary>A packet of any type is about to be queued.</summary>
    public event Action<EngineFrame>? PacketCreated;

    /// <summary>A batch of packets is about to be written (<c>flush</c>).</summary>
    public event Action<IReadOnlyList<EngineFrame>>? Flushing;

    /// <summary>What was queued is written, and nothing has come since (<c>drain</c>).</summary>
    public event Action? Drained;

    /// <summary>The session has ended, for a <see cref="CloseReasons">reason</see> and perhaps an error.</summary>
    public event Action<string, Exception?>? Closed;

    /// <summary>Guards the session's and its transports' state; never held while calling out.</summary>
    internal object Gate => _queue;

    private bool CanWrite => !_writing && _queue.IsEmpty && _transport.IsWritable;

    /// <summary>Sends the handshake on the first transport. The connection handlers run before the client can have read it, and what they send follows it.</summary>
    internal async ValueTask OpenAsync(Transport transport, Action raiseConnection)
    {
        List<OutgoingPacket> batch;
        lock (Gate)
        {
            _transport = transport;
            _openedAt = _server.Time.GetTimestamp();
            SetState(EngineSessionState.Open);
            var handshake = new EngineHandshakeData(
                Id,
                _server.UpgradesOf(transport.Name),
                _server.Options.PingInterval,
                _server.Options.PingTimeout,
                _server.Options.MaxHttpBufferSize);
            var open = handshake.ToFrame();
            LogSending(open);
            _queue.AddControl(open);
            if (_server.Options.InitialPacket is { } initial)
            {
                var message = EngineFrame.Message(initial);
                LogSending(message);
                _queue.TryAdd(new MessageGroup(message, default, Compress: true));
            }

            batch = _queue.TakeAll();
            _writing = true;
        }

        StartHeartbeat();
        transport.OnOpened();
        Log.Flushing(_logger);
        raiseConnection();
        await PumpAsync(transport, batch);
    }

    private void SetState(EngineSessionState state)
    {
        Log.ReadyState(_logger, NameOf(_state), NameOf(state));
        _state = state;
    }

    private static string NameOf(EngineSessionState state) => state switch
    {
        EngineSessionState.Opening => "opening",
        EngineSessionState.Open => "open",
        EngineSessionState.Closing => "closing",
        _ => "closed",
    };
}
