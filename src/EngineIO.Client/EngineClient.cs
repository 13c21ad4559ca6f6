using EngineIO.Client.Http;
using EngineIO.Client.Sending;
using EngineIO.Client.Transports;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client;

/// <summary>One session with an Engine.IO server; an attempt that failed, or a session that is over, is not used again. Every member is thread-safe.</summary>
/// <remarks>Source: https://github.com/socketio/engine.io-protocol.</remarks>
public sealed partial class EngineClient : IAsyncDisposable
{
    private readonly object _gate = new();
    private readonly SessionSettings _settings;
    private readonly ILogger _logger;
    private readonly ClientConnections _connections;
    private readonly Func<string, ClientTransport> _createTransport;
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Guarded by the gate.
    private readonly List<string> _names;
    private readonly List<ClientTransport> _transports = [];
    private readonly WriteQueue _queue = new();
    private ClientTransport? _transport;
    private EngineClientState _state;
    private EngineHandshakeData? _handshake;
    private bool _isStarted;

    /// <summary>Makes a session; <see cref="Open"/> starts it.</summary>
    /// <param name="uri">The server: <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>, which mean the same to both transports. Its query goes with every request; its path does not count (<see cref="EngineClientOptions.Path"/>).</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <exception cref="ArgumentException">The URL or an option is wrong.</exception>
    /// <exception cref="PlatformNotSupportedException">An option asks for what the platform lacks.</exception>
    public EngineClient(Uri uri, EngineClientOptions? options = null)
        : this(uri, options, createTransport: null)
    {
    }

    internal EngineClient(Uri uri, EngineClientOptions? options, Func<EngineClient, string, ClientTransport>? createTransport)
    {
        options ??= new();
        _settings = new(uri, options);
        _logger = _settings.Loggers.Socket;
        _names = _settings.Transports;
        _connections = new(options, _settings.Loggers.Transport);
        _createTransport = createTransport is null ? CreateTransport : name => createTransport(this, name);
        _deadline = new(_settings.Time, OnPingDeadline);
    }

    /// <summary>Who receives what happens. Set it before <see cref="Open"/>.</summary>
    public IEngineClientHandler? Handler { get; set; }

    /// <summary>The id that the server has given the session, a secret between the two; null until it is open and when it is over.</summary>
    public string? Id
    {
        get
        {
            lock (_gate) return _state == EngineClientState.Closed ? null : _handshake?.Sid;
        }
    }

    /// <summary>The state.</summary>
    public EngineClientState State
    {
        get
        {
            lock (_gate) return _state;
        }
    }

    /// <summary>The current transport, <c>polling</c> or <c>websocket</c>; null before <see cref="Open"/>.</summary>
    public string? TransportName
    {
        get
        {
            lock (_gate) return _transport?.Name;
        }
    }

    /// <summary>What the server said when the session opened; null where it did not.</summary>
    public EngineHandshakeData? Handshake
    {
        get
        {
            lock (_gate) return _handshake;
        }
    }

    /// <summary>Whether a message that is sent now would leave at once: the session is open, nothing is being written or waits for it.</summary>
    public bool IsWritable
    {
        get
        {
            lock (_gate) return _state == EngineClientState.Open && !_isWriting && !_isUpgrading && _queue.IsEmpty;
        }
    }

    /// <summary>The number of packets that are not written yet (<c>writeBuffer</c>).</summary>
    public int QueuedPackets
    {
        get
        {
            lock (_gate) return _queue.Count;
        }
    }

    /// <summary>Whether the session is moving to another transport, from the answer to its probe to the end of the switch. What is sent meanwhile waits.</summary>
    public bool IsUpgrading
    {
        get
        {
            lock (_gate) return _isUpgrading;
        }
    }

    /// <summary>Completes, and does not fail, when nothing of the session is left: no loop, no request, no connection.</summary>
    public Task Completion => _completion.Task;

    private ClientTransport CreateTransport(string name) => name == ClientTransports.Polling
        ? new PollingTransport(this, _settings, new RequestSender(_settings, _connections))
        : new WebSocketTransport(this, _settings, new WebSocketConnector(_settings, _connections, () => Id));
}
