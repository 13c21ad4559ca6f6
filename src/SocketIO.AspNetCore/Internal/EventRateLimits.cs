using System.Globalization;
using System.Text;
using System.Threading.RateLimiting;

namespace SocketIO.AspNetCore.Internal;

/// <summary>The rate limiters of one socket's events, made when its first event comes.</summary>
/// <remarks><see cref="TryAcquire"/> is called by the connection's one reader, <see cref="Dispose"/> by any thread; the list is the lock, and the application's factories run outside of it.</remarks>
internal sealed class EventRateLimits(ServerSocket socket) : IDisposable
{
    private readonly List<RateLimiter> _made = [];
    private volatile bool _isDisposed;

    // The reader's own.
    private readonly Dictionary<string, RateLimiter?> _byName = new(StringComparer.Ordinal);
    private RateLimiter? _all;
    private bool _isAllMade;
    private bool _isBroken;

    private SocketIOOptions Options => socket.Server.Options;

    public static EventRateLimits? For(ServerSocket socket, SocketIOOptions options) =>
        options.EventRateLimiter is null && options.EventRateLimiters.Count == 0 ? null : new EventRateLimits(socket);

    /// <summary>What a client reads that asked for an acknowledgement.</summary>
    public static Payload Answer(TimeSpan? retryAfter) => new(Encoding.UTF8.GetBytes(
        retryAfter is { } time
            ? string.Create(CultureInfo.InvariantCulture, $"{{\"error\":\"Too many events\",\"retryAfter\":{(long)Math.Ceiling(time.TotalMilliseconds)}}}")
            : "{\"error\":\"Too many events\"}"));

    /// <summary>Whether an event may be handled: first its own limiter decides, then that of all events.</summary>
    public bool TryAcquire(in EventArguments arguments, out TimeSpan? retryAfter)
    {
        retryAfter = null;
        if (_isDisposed) return true;
        var own = Options.EventRateLimiters.Count == 0 ? null : FindOwn(arguments.Name);
        if (!_isAllMade) _all = Make(Options.EventRateLimiter);
        _isAllMade = true;
        return !_isBroken && Permits(own, ref retryAfter) && Permits(_all, ref retryAfter);
    }

    public void Dispose()
    {
        lock (_made) _isDisposed = true;
        foreach (var limiter in _made) limiter.Dispose();
    }

    private static bool Permits(RateLimiter? limiter, ref TimeSpan? retryAfter)
    {
        if (limiter is null) return true;
        try
        {
            using var lease = limiter.AttemptAcquire();
            if (lease.IsAcquired) return true;
            if (lease.TryGetMetadata(MetadataName.RetryAfter, out var time)) retryAfter = time;
            return false;
        }
        catch (ObjectDisposedException)
        {
            // The socket was disconnected this moment.
            return true;
        }
    }

    private RateLimiter? FindOwn(string name)
    {
        if (!Options.EventRateLimiters.TryGetValue(name, out var factory)) return null;
        if (!_byName.TryGetValue(name, out var limiter)) _byName[name] = limiter = Make(factory);
        return limiter;
    }

    private RateLimiter? Make(Func<ServerSocket, RateLimiter>? factory)
    {
        try
        {
            var limiter = factory?.Invoke(socket);
            // Where the socket was disconnected meanwhile, nobody else will.
            if (limiter is not null && !TryKeep(limiter)) limiter.Dispose();
            return limiter;
        }
        catch (Exception exception)
        {
            // Nothing is let through that should have been limited.
            _isBroken = true;
            socket.Server.ReportHandlerError(HandlerErrorSource.Lifecycle, exception, socket.Namespace, socket);
            return null;
        }
    }

    private bool TryKeep(RateLimiter limiter)
    {
        lock (_made)
        {
            if (!_isDisposed) _made.Add(limiter);
            return !_isDisposed;
        }
    }
}
