using EngineIO.Client;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.Client.Internal;
using SocketIO.Diagnostics;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Client;

/// <summary>One connection to a server, which many sockets share, one for each namespace; it is made again when it is lost.</summary>
/// <remarks>
/// <para>All members are thread-safe. Handlers are called one at a time, in the order of what happened, never under a lock and never on a thread that reads from the network:
/// on the thread pool, or on <see cref="SocketManagerOptions.SynchronizationContext"/>. What they throw is logged and given to <see cref="OnHandlerError"/>.</para>
/// <para>Source: https://socket.io/docs/v4/client-api/#manager</para>
/// </remarks>
public sealed partial class SocketManager : IAsyncDisposable
{
    private readonly Dictionary<string, ClientSocket> _sockets = new(StringComparer.Ordinal);
    private readonly ILogger _log;

    // Guarded by Gate.
    private Connection? _connection;
    private SocketManagerState _state;
    private bool _isDisposed;

    /// <summary>Makes a manager.</summary>
    /// <param name="url">The address of the server: <c>http</c>, <c>https</c>, <c>ws</c> or <c>wss</c>. Its path is ignored: the path of the requests is
    /// <see cref="EngineClientOptions.Path"/>, and a namespace is given to <see cref="Socket"/>.</param>
    /// <param name="options">The options; null for the defaults. They are read for each attempt to connect.</param>
    /// <exception cref="ArgumentException">The address is not absolute, or an option is out of range: the message names it.</exception>
    public SocketManager(Uri url, SocketManagerOptions? options = null)
        : this(url ?? throw new ArgumentNullException(nameof(url)), url.OriginalString, options)
    {
    }

    internal SocketManager(Uri uri, string source, SocketManagerOptions? options)
    {
        if (!uri.IsAbsoluteUri) throw new ArgumentException($"\"{uri}\" is no absolute URL.", nameof(uri));
        Options = options ?? new SocketManagerOptions();
        Options.ValidateManager();
        if (Options.LoggerFactory is NullLoggerFactory) Options.LoggerFactory = DebugLoggerFactory.FromEnvironment() ?? Options.LoggerFactory;
        Uri = uri;
        Source = source;
        Loggers = new Loggers(Options.LoggerFactory);
        _log = Loggers.Manager;
        Serializer = new PayloadSerializer(Options.JsonSerializerOptions);
        Parser = LoggingPacketParser.For(Options.Parser ?? new JsonPacketParser(), Loggers.Parser, isClient: true);
        Dispatcher = new Dispatcher(Options.SynchronizationContext, error => ReportHandlerError(error, socket: null, eventName: null));
        // An option that is wrong is told here, and not at the first attempt.
        _ = new EngineClient(Uri, Options);
        if (Options.AutoConnect) Open();
    }

    /// <summary>The address of the server.</summary>
    public Uri Uri { get; }

    /// <summary>The options, read for each attempt to connect.</summary>
    public SocketManagerOptions Options { get; }

    /// <summary>The state of the connection.</summary>
    public SocketManagerState State
    {
        get
        {
            lock (Gate) return _state;
        }
    }

    /// <summary>The engine of the present connection or attempt; null where there is none.</summary>
    public EngineClient? Engine => Volatile.Read(ref _connection)?.Engine;

    /// <summary>Guards all that the manager and its sockets remember. No handler runs under it; loggers, the parser and the converters of the credentials do.</summary>
    internal object Gate { get; } = new();

    internal string Source { get; }

    internal Loggers Loggers { get; }

    internal PayloadSerializer Serializer { get; }

    internal IPacketParser Parser { get; }

    internal Dispatcher Dispatcher { get; }

    /// <summary>The connection in use. Guarded by <see cref="Gate"/>.</summary>
    internal Connection? Connection => _connection;

    internal bool IsOpening => _state == SocketManagerState.Opening;

    internal bool IsOpen => _state == SocketManagerState.Open;

    internal bool IsDisposed
    {
        get
        {
            lock (Gate) return _isDisposed;
        }
    }

    /// <summary>The socket of a namespace: the same one each time. Where <see cref="SocketManagerOptions.AutoConnect"/> is on, it connects.</summary>
    /// <param name="ns">The namespace, with its leading slash.</param>
    /// <param name="options">The options of a socket that is made by this call; null for <see cref="SocketManagerOptions.Socket"/>.</param>
    /// <exception cref="ArgumentException">The name is empty, does not begin with a slash or holds a comma, or an option is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The manager is disposed.</exception>
    public ClientSocket Socket(string ns = SocketProtocol.MainNamespace, ClientSocketOptions? options = null)
    {
        if (ns is null) throw new ArgumentNullException(nameof(ns));
        if (ns.Length == 0 || ns[0] != '/') throw new ArgumentException($"\"{ns}\" is no namespace: it begins with a slash.", nameof(ns));
        if (ns.Contains(',')) throw new ArgumentException($"\"{ns}\" is no namespace: a comma ends the name on the wire.", nameof(ns));
        options?.Validate();
        ClientSocket? socket;
        lock (Gate)
        {
            ThrowIfDisposed();
            if (!_sockets.TryGetValue(ns, out socket)) _sockets.Add(ns, socket = new ClientSocket(this, ns, options ?? Options.Socket));
        }

        if (Options.AutoConnect && !socket.Active) socket.Connect();
        return socket;
    }

    /// <summary>Whether there is a socket of a namespace.</summary>
    internal bool Has(string ns)
    {
        lock (Gate) return _sockets.ContainsKey(ns);
    }

    /// <summary>Disconnects the sockets, closes the connection and waits until everything of it is gone, for <see cref="EngineClientOptions.CloseTimeout"/> at the most. Whatever
    /// still waits fails. Calling it again does no more.</summary>
    public async ValueTask DisposeAsync()
    {
        ClientSocket[] sockets;
        Connection? last;
        lock (Gate)
        {
            sockets = [.. _sockets.Values];
            last = _connection;
            if (!_isDisposed)
            {
                foreach (var socket in sockets) socket.DisposeCore();
                if (_state != SocketManagerState.Closed || _reconnecting) CloseCore();
                _isDisposed = true;
                FailOpenWaiters(new ObjectDisposedException(nameof(SocketManager)));
            }
        }

        Emptied?.Invoke(this);
        await WhenQuietAsync(last?.Engine).ConfigureAwait(false);
        foreach (var socket in sockets) socket.Silence();
        Silence();
    }

    /// <summary>Raised when sockets were disposed of, for the cache: see <see cref="IsEmpty"/>.</summary>
    internal event Action<SocketManager>? Emptied;

    /// <summary>Whether it has neither sockets nor a connection, nor ever will where it is disposed of.</summary>
    internal bool IsEmpty
    {
        get
        {
            lock (Gate) return _isDisposed || (_sockets.Count == 0 && _connection is null && !_reconnecting);
        }
    }

    internal void OnSocketDisposed() => Emptied?.Invoke(this);

    /// <summary>Waits until a connection is gone and the application has seen everything, unless the server or a handler holds that up longer than the time to close.</summary>
    /// <param name="engine">The connection; null where it stays.</param>
    internal async Task WhenQuietAsync(EngineClient? engine)
    {
        var late = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var deadline = Options.TimeProvider.CreateTimer(
            static late => ((TaskCompletionSource<bool>)late!).TrySetResult(true), late, Options.CloseTimeout, System.Threading.Timeout.InfiniteTimeSpan);
        await Task.WhenAny(EndAsync(), late.Task).ConfigureAwait(false);

        async Task EndAsync()
        {
            if (engine is not null) await engine.DisposeAsync().ConfigureAwait(false);
            await Dispatcher.WhenIdleAsync().ConfigureAwait(false);
        }
    }

    internal void Remove(ClientSocket socket)
    {
        if (_sockets.TryGetValue(socket.Namespace, out var held) && held == socket) _sockets.Remove(socket.Namespace);
    }

    private void ThrowIfDisposed()
    {
        if (_isDisposed) throw new ObjectDisposedException(nameof(SocketManager));
    }
}
