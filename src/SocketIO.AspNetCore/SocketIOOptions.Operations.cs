using System.Threading.RateLimiting;

namespace SocketIO.AspNetCore;

// Limits and the end.
public partial class SocketIOOptions
{
    /// <summary>How clients are sent elsewhere when the host stops, see <see cref="SocketIOServer.DrainAsync"/>. Default: null, the server closes at once.</summary>
    public DrainOptions? Drain { get; set; }

    /// <summary>Makes the rate limiter of a socket's events; it is asked for a permit for each event that comes. Each call gives one of its own: the socket disposes of it when
    /// it is disconnected. A permit is given back at once, so use token buckets or windows; for concurrency there is <see cref="MaxConcurrentHandlers"/>.
    /// Default: null, no limit.</summary>
    public Func<ServerSocket, RateLimiter>? EventRateLimiter { get; set; }

    /// <summary>Makes the rate limiters of single events, by name; as <see cref="EventRateLimiter"/>, which counts these events too. Default: none.</summary>
    public IDictionary<string, Func<ServerSocket, RateLimiter>> EventRateLimiters { get; } =
        new Dictionary<string, Func<ServerSocket, RateLimiter>>(StringComparer.Ordinal);

    /// <summary>What happens to an event that a rate limiter refuses. Default: <see cref="RateLimitExceededPolicy.Drop"/>.</summary>
    public RateLimitExceededPolicy RateLimitExceeded { get; set; }
}
