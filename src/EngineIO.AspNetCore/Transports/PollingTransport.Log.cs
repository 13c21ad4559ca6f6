using EngineIO.Diagnostics;
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

        [LoggerMessage(3, LogLevel.Trace, "received \"{Payload}\"")]
        public static partial void Received(ILogger logger, DebugText payload);

        [LoggerMessage(4, LogLevel.Trace, "writing \"{Payload}\"")]
        public static partial void Writing(ILogger logger, DebugText payload);

        [LoggerMessage(5, LogLevel.Debug, "got xhr close packet")]
        public static partial void GotClose(ILogger logger);

        [LoggerMessage(11, LogLevel.Debug, "appending close packet to payload")]
        public static partial void AppendingClose(ILogger logger);

        [LoggerMessage(12, LogLevel.Debug, "compressing")]
        public static partial void Compressing(ILogger logger);

        [LoggerMessage(13, LogLevel.Debug, "transport not writable - buffering orderly close")]
        public static partial void BufferingClose(ILogger logger);

        [LoggerMessage(7, LogLevel.Debug, "closing")]
        public static partial void Closing(ILogger logger);

        [LoggerMessage(8, LogLevel.Debug, "transport writable - closing right away")]
        public static partial void ClosingWritable(ILogger logger);

        [LoggerMessage(9, LogLevel.Debug, "transport discarded - closing right away")]
        public static partial void ClosingDiscarded(ILogger logger);

        // Category "engine:transport".
        [LoggerMessage(10, LogLevel.Debug, "readyState updated from {From} to {To} (polling)")]
        public static partial void ReadyState(ILogger logger, string from, string to);

        [LoggerMessage(6, LogLevel.Debug, "aborting ongoing data request")]
        public static partial void AbortingPost(ILogger logger);
    }
}
