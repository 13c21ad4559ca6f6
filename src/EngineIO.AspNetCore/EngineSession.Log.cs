using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "readyState updated from {From} to {To}")]
        public static partial void ReadyState(ILogger logger, string from, string to);

        [LoggerMessage(2, LogLevel.Trace, "sending packet \"{Type}\" ({Data})")]
        public static partial void SendingPacket(ILogger logger, string type, DebugText data);

        [LoggerMessage(24, LogLevel.Debug, "executing batch send callback")]
        public static partial void BatchSent(ILogger logger);

        [LoggerMessage(3, LogLevel.Debug, "flushing buffer to transport")]
        public static partial void Flushing(ILogger logger);

        [LoggerMessage(4, LogLevel.Debug, "received packet {Type}")]
        public static partial void ReceivedPacket(ILogger logger, string type);

        [LoggerMessage(5, LogLevel.Debug, "packet received with closed socket")]
        public static partial void PacketOnClosed(ILogger logger);

        [LoggerMessage(6, LogLevel.Debug, "got ping")]
        public static partial void GotPing(ILogger logger);

        [LoggerMessage(7, LogLevel.Debug, "got pong")]
        public static partial void GotPong(ILogger logger);

        [LoggerMessage(8, LogLevel.Debug, "writing ping packet - expecting pong within {Milliseconds}ms")]
        public static partial void WritingPing(ILogger logger, long milliseconds);

        [LoggerMessage(9, LogLevel.Debug, "got packet while waiting for pong - refreshing ping timeout")]
        public static partial void RefreshingPingTimeout(ILogger logger);

        [LoggerMessage(10, LogLevel.Debug, "might upgrade socket transport from \"{From}\" to \"{To}\"")]
        public static partial void MightUpgrade(ILogger logger, string from, string to);

        [LoggerMessage(11, LogLevel.Debug, "got probe ping packet, sending pong")]
        public static partial void GotProbe(ILogger logger);

        [LoggerMessage(12, LogLevel.Debug, "writing a noop packet to polling for fast upgrade")]
        public static partial void WritingNoop(ILogger logger);

        [LoggerMessage(13, LogLevel.Debug, "got upgrade packet - upgrading")]
        public static partial void GotUpgrade(ILogger logger);

        [LoggerMessage(14, LogLevel.Debug, "client did not complete upgrade - {Cause}")]
        public static partial void UpgradeNotCompleted(ILogger logger, string cause);

        [LoggerMessage(25, LogLevel.Debug, "client did not complete upgrade - closing transport")]
        public static partial void UpgradeTimedOut(ILogger logger);

        // Category "engine".
        [LoggerMessage(26, LogLevel.Debug, "upgrade attempt for closed client")]
        public static partial void UpgradeOfClosed(ILogger logger);

        // Category "engine".
        [LoggerMessage(27, LogLevel.Debug, "upgrading existing transport")]
        public static partial void UpgradingTransport(ILogger logger);

        // Category "engine".
        [LoggerMessage(15, LogLevel.Debug, "transport has already been trying to upgrade")]
        public static partial void AlreadyUpgrading(ILogger logger);

        // Category "engine".
        [LoggerMessage(16, LogLevel.Debug, "transport had already been upgraded")]
        public static partial void AlreadyUpgraded(ILogger logger);

        [LoggerMessage(17, LogLevel.Debug, "there are {Count} remaining packets in the buffer, waiting for the 'drain' event")]
        public static partial void RemainingPackets(ILogger logger, int count);

        [LoggerMessage(18, LogLevel.Debug, "the buffer is empty, closing the transport right away")]
        public static partial void BufferEmpty(ILogger logger);

        [LoggerMessage(19, LogLevel.Debug, "all packets have been sent, closing the transport")]
        public static partial void AllSent(ILogger logger);

        [LoggerMessage(28, LogLevel.Debug, "closing the transport (discard? {Discard})")]
        public static partial void ClosingTransport(ILogger logger, string discard);

        // Category "engine:polling".
        [LoggerMessage(29, LogLevel.Debug, "triggering empty send to append close packet")]
        public static partial void TriggeringEmptySend(ILogger logger);

        [LoggerMessage(30, LogLevel.Debug, "transport error")]
        public static partial void TransportError(ILogger logger, Exception error);

        [LoggerMessage(31, LogLevel.Debug, "error triggered by discarded transport")]
        public static partial void DiscardedTransportError(ILogger logger, Exception error);

        // Category "engine:transport".
        [LoggerMessage(32, LogLevel.Debug, "ignored transport error {Message} ({Description})")]
        public static partial void IgnoredTransportError(ILogger logger, string message, string? description);

        [LoggerMessage(20, LogLevel.Debug, "session {Id} closed: {Reason}")]
        public static partial void Closed(ILogger logger, string id, string reason, Exception? error);

        [LoggerMessage(21, LogLevel.Warning, "session {Id} is closed: its send queue is full")]
        public static partial void SendQueueFull(ILogger logger, string id);

        [LoggerMessage(23, LogLevel.Information, "a malformed packet came over {Transport}; its transport is closed")]
        public static partial void Malformed(ILogger logger, string transport);

        [LoggerMessage(22, LogLevel.Error, "a handler of the session failed")]
        public static partial void HandlerFailed(ILogger logger, Exception error);
    }
}
