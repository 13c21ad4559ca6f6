using Microsoft.Extensions.Logging;
using SocketIO.Redis.Connections;

namespace SocketIO.Redis.Streams;

/// <summary>The readers of a server's streams, which its namespaces share: each stream is read while it has a namespace.</summary>
/// <remarks>Thread-safe; the lock guards the map.</remarks>
internal sealed class StreamTails
{
    private readonly Dictionary<(RedisConnection, string), (StreamTail Tail, int Users)> _tails = [];

    public StreamTail Take(RedisConnection connection, string stream, RedisStreamsAdapterOptions options, ILogger log)
    {
        lock (_tails)
        {
            var key = (connection, stream);
            var (tail, users) = _tails.TryGetValue(key, out var found) ? found : (new StreamTail(connection, stream, options, log), 0);
            _tails[key] = (tail, users + 1);
            return tail;
        }
    }

    public async ValueTask ReturnAsync(RedisConnection connection, string stream)
    {
        StreamTail tail;
        lock (_tails)
        {
            var key = (connection, stream);
            if (!_tails.TryGetValue(key, out var found)) return;
            tail = found.Tail;
            if (found.Users > 1)
            {
                _tails[key] = (tail, found.Users - 1);
                return;
            }

            _tails.Remove(key);
        }

        await tail.DisposeAsync().ConfigureAwait(false);
    }
}
