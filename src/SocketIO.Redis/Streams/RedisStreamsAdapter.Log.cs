using Microsoft.Extensions.Logging;

namespace SocketIO.Redis.Streams;

// Category "socket.io-adapter".
public sealed partial class RedisStreamsAdapter
{
    private ILogger Log => Namespace.Server.Loggers.Adapter;

    [LoggerMessage(47, LogLevel.Error, "The entry {Id} of a stream could not be handled.")]
    private static partial void LogEntryFailed(ILogger logger, Exception exception, string id);
}
