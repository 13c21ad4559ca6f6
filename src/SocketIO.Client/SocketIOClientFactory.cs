using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.Client.Internal;
using SocketIO.Diagnostics;

namespace SocketIO.Client;

/// <summary>Makes sockets from URLs, and keeps their managers: sockets of the same server and path share a connection. Thread-safe. A manager whose sockets are all disposed of is
/// not kept, nor is one that is no other socket's to share, once it is closed and the application has let go of it.</summary>
/// <remarks>Source: https://socket.io/docs/v4/client-initialization/</remarks>
public sealed class SocketIOClientFactory : IAsyncDisposable
{
    private const int FirstSweep = 16;

    private readonly Dictionary<string, SocketManager> _cache = new(StringComparer.Ordinal);

    // Weakly: one that is connected or will be lives by its connection, and of one that is closed and forgotten nothing is left to dispose of.
    private readonly List<WeakReference<SocketManager>> _managers = [];
    private readonly Func<SocketManagerOptions> _defaults;
    private int _sweepAt = FirstSweep;
    private bool _isDisposed;

    /// <summary>Makes a factory.</summary>
    /// <param name="defaults">Makes the options of managers for which none are given; null for the defaults.</param>
    public SocketIOClientFactory(Func<SocketManagerOptions>? defaults = null) => _defaults = defaults ?? (static () => new SocketManagerOptions());

    /// <summary>The socket of a URL, whose path is the namespace; it does not connect yet, so register its handlers and call <see cref="ClientSocket.ConnectAsync"/>.</summary>
    /// <param name="url">The address: <c>https://example.com/orders</c> is the namespace <c>/orders</c> of the server <c>https://example.com</c>.</param>
    /// <param name="options">The options; null for the factory's. Where a connection is shared, the first socket's options hold for it, and of these ones only
    /// <see cref="SocketManagerOptions.Socket"/> counts.</param>
    /// <exception cref="ArgumentException">The URL is not absolute or too long, or an option is out of range: the message names it.</exception>
    /// <exception cref="ObjectDisposedException">The factory is disposed.</exception>
    public ClientSocket Socket(string url, SocketManagerOptions? options = null) => Find(url, options ?? _defaults(), opens: false);

    /// <summary>The socket of a URL, connecting already, as <c>io(url)</c>. Events that come at once may come before a handler is registered on this thread:
    /// see <see cref="Socket"/>.</summary>
    /// <inheritdoc cref="Socket" path="/param|/exception"/>
    public ClientSocket Connect(string url, SocketManagerOptions? options = null)
    {
        var socket = Find(url, options ?? _defaults(), opens: true);
        socket.Connect();
        return socket;
    }

    /// <summary>Disposes of all managers.</summary>
    public async ValueTask DisposeAsync()
    {
        SocketManager[] managers;
        lock (_cache)
        {
            _isDisposed = true;
            managers = [.. Living()];
        }

        await Task.WhenAll(managers.Select(manager => manager.DisposeAsync().AsTask())).ConfigureAwait(false);
    }

    private ClientSocket Find(string url, SocketManagerOptions options, bool opens)
    {
        var loggers = new Loggers(options.LoggerFactory is NullLoggerFactory ? DebugLoggerFactory.FromEnvironment() ?? options.LoggerFactory : options.LoggerFactory);
        var address = ServerAddress.Parse(url, loggers.Url);
        lock (_cache)
        {
            if (_isDisposed) throw new ObjectDisposedException(nameof(SocketIOClientFactory));
            var key = address.KeyOf(options.Path);
            var isCached = _cache.TryGetValue(key, out var manager);
            if (options.ForceNew || (isCached && manager!.Has(address.Namespace)))
            {
                loggers.Client.LogIgnoringCache(address.Source);
                manager = Add(new SocketManager(address.Uri, address.Source, options));
                if (opens) manager.Open();
            }
            else if (!isCached)
            {
                loggers.Client.LogNewInstance(address.Source);
                manager = _cache[key] = Add(new SocketManager(address.Uri, address.Source, options));
                if (opens) manager.Open();
            }

            return manager!.Socket(address.Namespace, options.Socket);
        }
    }

    private SocketManager Add(SocketManager manager)
    {
        if (_managers.Count >= _sweepAt)
        {
            _managers.RemoveAll(static weak => !weak.TryGetTarget(out _));
            _sweepAt = Math.Max(FirstSweep, 2 * _managers.Count);
        }

        _managers.Add(new WeakReference<SocketManager>(manager));
        manager.Emptied += Forget;
        return manager;
    }

    private IEnumerable<SocketManager> Living()
    {
        foreach (var weak in _managers)
        {
            if (weak.TryGetTarget(out var manager)) yield return manager;
        }
    }

    // Its next socket is a new one's, with options of its own.
    private void Forget(SocketManager manager)
    {
        lock (_cache)
        {
            if (!manager.IsEmpty) return;
            foreach (var key in _cache.Where(entry => entry.Value == manager).Select(entry => entry.Key).ToArray()) _cache.Remove(key);
        }
    }
}
