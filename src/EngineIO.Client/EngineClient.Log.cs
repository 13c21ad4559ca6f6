using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "creating transport \"{Transport}\"")]
        public static partial void CreatingTransport(ILogger logger, string transport);

        // With the application's query.
        [LoggerMessage(25, LogLevel.Trace, "options: {Options}")]
        public static partial void Options(ILogger logger, OptionsText options);

        [LoggerMessage(2, LogLevel.Debug, "setting transport {Transport}")]
        public static partial void SettingTransport(ILogger logger, string transport);

        [LoggerMessage(3, LogLevel.Debug, "clearing existing transport {Transport}")]
        public static partial void ClearingTransport(ILogger logger, string transport);

        [LoggerMessage(4, LogLevel.Debug, "socket open")]
        public static partial void Open(ILogger logger);

        [LoggerMessage(5, LogLevel.Debug, "starting upgrade probes")]
        public static partial void StartingProbes(ILogger logger);

        [LoggerMessage(6, LogLevel.Debug, "probing transport \"{Transport}\"")]
        public static partial void Probing(ILogger logger, string transport);

        [LoggerMessage(7, LogLevel.Debug, "probe transport \"{Transport}\" opened")]
        public static partial void ProbeOpened(ILogger logger, string transport);

        [LoggerMessage(8, LogLevel.Debug, "probe transport \"{Transport}\" pong")]
        public static partial void ProbePong(ILogger logger, string transport);

        [LoggerMessage(9, LogLevel.Debug, "pausing current transport \"{Transport}\"")]
        public static partial void PausingTransport(ILogger logger, string transport);

        [LoggerMessage(10, LogLevel.Debug, "changing transport and sending upgrade packet")]
        public static partial void ChangingTransport(ILogger logger);

        [LoggerMessage(11, LogLevel.Debug, "probe transport \"{Transport}\" failed")]
        public static partial void ProbeFailed(ILogger logger, string transport);

        [LoggerMessage(12, LogLevel.Debug, "probe transport \"{Transport}\" failed because of error: {Error}")]
        public static partial void ProbeFailedBecause(ILogger logger, string transport, string error);

        [LoggerMessage(13, LogLevel.Trace, "socket receive: type \"{Type}\", data \"{Data}\"")]
        public static partial void Received(ILogger logger, string type, DebugText data);

        [LoggerMessage(14, LogLevel.Debug, "flushing {Count} packets in socket")]
        public static partial void Flushing(ILogger logger, int count);

        [LoggerMessage(15, LogLevel.Debug, "payload size is {Size} (max: {Max})")]
        public static partial void PayloadSize(ILogger logger, long size, long max);

        [LoggerMessage(16, LogLevel.Debug, "only send {Count} out of {All} packets")]
        public static partial void OnlySend(ILogger logger, int count, int all);

        [LoggerMessage(17, LogLevel.Debug, "packet received with socket readyState \"closed\"")]
        public static partial void PacketWhileClosed(ILogger logger);

        [LoggerMessage(18, LogLevel.Debug, "socket error {Error}")]
        public static partial void SocketError(ILogger logger, ErrorText error, Exception exception);

        [LoggerMessage(19, LogLevel.Debug, "trying next transport")]
        public static partial void TryingNextTransport(ILogger logger);

        [LoggerMessage(20, LogLevel.Debug, "socket close with reason: \"{Reason}\"")]
        public static partial void Closing(ILogger logger, string reason);

        [LoggerMessage(21, LogLevel.Debug, "socket closing - telling transport to close")]
        public static partial void TellingTransport(ILogger logger);

        [LoggerMessage(22, LogLevel.Debug, "throttled timer detected, scheduling connection close")]
        public static partial void Throttled(ILogger logger);

        [LoggerMessage(23, LogLevel.Debug, "writing ping packet - expecting pong within {Milliseconds}ms")]
        public static partial void WritingPing(ILogger logger, long milliseconds);

        [LoggerMessage(24, LogLevel.Error, "a handler of the session failed")]
        public static partial void HandlerFailed(ILogger logger, Exception error);
    }
}
