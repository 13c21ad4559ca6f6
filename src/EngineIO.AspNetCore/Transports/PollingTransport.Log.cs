using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

internal sealed partial class PollingTransport
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "setting request")]
        public static partial void SettingRequest(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "request overlap")]
        public static partial void RequestOverlap(ILogger logger);

        [LoggerMessage(3, LogLevel.Debug, "received {Length} bytes")]
        public static partial void Received(ILogger logger, int length);

        [LoggerMessage(4, LogLevel.Debug, "writing {Length} bytes")]
        public static partial void Writing(ILogger logger, int length);

        [LoggerMessage(5, LogLevel.Debug, "got xhr close packet")]
        public static partial void GotClose(ILogger logger);

        [LoggerMessage(6, LogLevel.Debug, "aborting ongoing data request")]
        public static partial void AbortingPost(ILogger logger);
    }
}
