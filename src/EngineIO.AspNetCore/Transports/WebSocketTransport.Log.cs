using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

internal sealed partial class WebSocketTransport
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "received {Length} bytes")]
        public static partial void Received(ILogger logger, int length);

        [LoggerMessage(2, LogLevel.Debug, "closing")]
        public static partial void Closing(ILogger logger);

        [LoggerMessage(3, LogLevel.Debug, "ignoring error from closed connection: {Error}")]
        public static partial void CloseFailed(ILogger logger, string error);
    }
}
