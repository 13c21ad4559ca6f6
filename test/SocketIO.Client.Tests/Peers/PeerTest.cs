using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>Tests that hold against any server: a class of them has one derived class for each kind.</summary>
public abstract class PeerTest(PeerKind kind, PeerPool pool) : IAsyncLifetime
{
    private readonly List<IAsyncDisposable> _owned = [];
    private readonly ConcurrentQueue<HandlerError> _errors = new();

    protected PeerKind Kind { get; } = kind;

    /// <summary>The server of the class, which others use as well.</summary>
    protected Peer Peer { get; private set; } = null!;

    protected virtual PeerOptions Options { get; } = new() { Recovery = true };

    /// <summary>What handlers threw; a test fails where it leaves something here.</summary>
    protected ConcurrentQueue<HandlerError> Errors => _errors;

    public async ValueTask InitializeAsync() => Peer = await pool.GetAsync(Kind, Options);

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in Enumerable.Reverse(_owned)) await owned.DisposeAsync().AsTask().WithDeadline($"the end of {owned}");
        Assert.Empty(_errors.Select(error => error.Exception.ToString()));
        GC.SuppressFinalize(this);
    }

    /// <summary>A server with options of a test's own, shared with those that want the same.</summary>
    protected Task<Peer> SharedPeerAsync(PeerOptions options) => pool.GetAsync(Kind, options);

    /// <summary>A server for this test alone, which may stop it.</summary>
    protected async Task<Peer> OwnPeerAsync(PeerOptions? options = null) => Own(await Peer.StartAsync(Kind, options));

    /// <summary>A proxy in front of a server.</summary>
    protected FaultyProxy NewProxy(Peer? peer = null) => Own(FaultyProxy.Start((peer ?? Peer).Address));

    /// <summary>A manager that does nothing yet, and reconnects after 10 ms, without chance.</summary>
    protected SocketManager NewManager(Action<SocketManagerOptions>? configure = null, Uri? address = null)
    {
        var options = new SocketManagerOptions { ReconnectionDelay = TimeSpan.FromMilliseconds(10), RandomizationFactor = 0 };
        configure?.Invoke(options);
        var manager = Own(new SocketManager(address ?? Peer.Address, options));
        manager.OnHandlerError(_errors.Enqueue);
        return manager;
    }

    /// <summary>A socket of a manager of its own, not connected yet.</summary>
    protected ClientSocket NewSocket(string ns = "/", Action<SocketManagerOptions>? configure = null, ClientSocketOptions? socket = null, Uri? address = null) =>
        NewManager(configure, address).Socket(ns, socket);

    /// <summary>A connected socket of a manager of its own.</summary>
    protected async Task<ClientSocket> ConnectAsync(string ns = "/", Action<SocketManagerOptions>? configure = null, ClientSocketOptions? options = null, Uri? address = null)
    {
        var socket = NewSocket(ns, configure, options, address);
        await socket.ConnectAsync().WithDeadline("the connection");
        return socket;
    }

    protected T Own<T>(T owned)
        where T : IAsyncDisposable
    {
        _owned.Add(owned);
        return owned;
    }

    /// <summary>Where a manager's packets can be read as they go over the wire.</summary>
    protected static PacketLog LogPackets(SocketManagerOptions options)
    {
        var log = new PacketLog();
        options.LoggerFactory = LoggerFactory.Create(builder => builder.SetMinimumLevel(LogLevel.Trace).AddProvider(log.Recorder));
        return log;
    }
}
