using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

internal sealed partial class PollingTransport
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "polling")]
        public static partial void Polling(ILogger logger);

        [LoggerMessage(2, LogLevel.Debug, "xhr poll")]
        public static partial void XhrPoll(ILogger logger);

        // With the session's id and the application's query.
        [LoggerMessage(3, LogLevel.Trace, "xhr open {Method}: {Url}")]
        public static partial void XhrOpen(ILogger logger, string method, Uri url);

        [LoggerMessage(4, LogLevel.Trace, "xhr data {Data}")]
        public static partial void XhrData(ILogger logger, DebugText data);

        [LoggerMessage(5, LogLevel.Trace, "polling got data {Data}")]
        public static partial void GotData(ILogger logger, DebugText data);

        [LoggerMessage(6, LogLevel.Debug, "we are currently polling - waiting to pause")]
        public static partial void WaitingForPoll(ILogger logger);

        [LoggerMessage(7, LogLevel.Debug, "we are currently writing - waiting to pause")]
        public static partial void WaitingForPost(ILogger logger);

        [LoggerMessage(8, LogLevel.Debug, "pre-pause polling complete")]
        public static partial void PollComplete(ILogger logger);

        [LoggerMessage(9, LogLevel.Debug, "pre-pause writing complete")]
        public static partial void PostComplete(ILogger logger);

        [LoggerMessage(10, LogLevel.Debug, "paused")]
        public static partial void Paused(ILogger logger);

        [LoggerMessage(11, LogLevel.Debug, "transport open - closing")]
        public static partial void Closing(ILogger logger);

        [LoggerMessage(12, LogLevel.Debug, "transport not open - deferring close")]
        public static partial void DeferringClose(ILogger logger);

        [LoggerMessage(13, LogLevel.Debug, "writing close packet")]
        public static partial void WritingClosePacket(ILogger logger);

        [LoggerMessage(14, LogLevel.Debug, "ignoring poll - transport state \"{State}\"")]
        public static partial void IgnoringPoll(ILogger logger, string state);

        [LoggerMessage(15, LogLevel.Debug, "the goodbye could not be said")]
        public static partial void GoodbyeFailed(ILogger logger, Exception error);
    }
}
