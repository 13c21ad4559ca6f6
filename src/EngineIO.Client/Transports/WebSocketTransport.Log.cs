using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

internal sealed partial class WebSocketTransport
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "websocket closed before onclose event")]
        public static partial void ClosedBeforeOnClose(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "the goodbye could not be said")]
        public static partial void GoodbyeFailed(ILogger logger, Exception error);
    }
}
