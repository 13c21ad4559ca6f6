using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

internal sealed partial class WebSocketTransport
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Trace, "received \"{Frame}\"")]
        public static partial void Received(ILogger logger, DebugText frame);

        // Category "engine:transport".
        [LoggerMessage(4, LogLevel.Debug, "readyState updated from {From} to {To} (websocket)")]
        public static partial void ReadyState(ILogger logger, string from, string to);

        [LoggerMessage(2, LogLevel.Debug, "closing")]
        public static partial void Closing(ILogger logger);
    }
}
