using Microsoft.Extensions.Logging;
using SocketIO.Parsing;

namespace SocketIO.Client;

public sealed partial class SocketManager
{
    [LoggerMessage(1, LogLevel.Debug, "readyState {State}")]
    private static partial void LogReadyState(ILogger logger, string state);

    [LoggerMessage(2, LogLevel.Debug, "opening {Url}")]
    private static partial void LogOpening(ILogger logger, string url);

    [LoggerMessage(3, LogLevel.Debug, "connect attempt will timeout after {Milliseconds}")]
    private static partial void LogWillTimeOut(ILogger logger, long milliseconds);

    [LoggerMessage(4, LogLevel.Debug, "connect attempt timed out after {Milliseconds}")]
    private static partial void LogTimedOut(ILogger logger, long milliseconds);

    [LoggerMessage(5, LogLevel.Debug, "open")]
    private static partial void LogOpen(ILogger logger);

    [LoggerMessage(6, LogLevel.Debug, "cleanup")]
    private static partial void LogCleanup(ILogger logger);

    [LoggerMessage(7, LogLevel.Debug, "error")]
    private static partial void LogError(ILogger logger);

    [LoggerMessage(8, LogLevel.Debug, "error")]
    private static partial void LogErrorWith(ILogger logger, Exception exception);

    [LoggerMessage(9, LogLevel.Trace, "writing packet {Packet}")]
    private static partial void LogWriting(ILogger logger, PacketText packet);

    internal void LogWriting(in Packet packet)
    {
        if (_log.IsEnabled(LogLevel.Trace)) LogWriting(_log, new PacketText(packet, isSent: true, hasOptions: true));
    }

    [LoggerMessage(10, LogLevel.Debug, "disconnect")]
    private static partial void LogDisconnect(ILogger logger);

    [LoggerMessage(11, LogLevel.Debug, "closed due to {Reason}")]
    private static partial void LogClosed(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Debug, "will wait {Milliseconds}ms before reconnect attempt")]
    private static partial void LogWillWait(ILogger logger, long milliseconds);

    [LoggerMessage(13, LogLevel.Debug, "attempting reconnect")]
    private static partial void LogAttempting(ILogger logger);

    [LoggerMessage(14, LogLevel.Debug, "reconnect attempt error")]
    private static partial void LogReconnectError(ILogger logger);

    [LoggerMessage(15, LogLevel.Debug, "reconnect success")]
    private static partial void LogReconnectSuccess(ILogger logger);

    [LoggerMessage(16, LogLevel.Debug, "reconnect failed")]
    private static partial void LogReconnectFailed(ILogger logger);

    [LoggerMessage(17, LogLevel.Debug, "socket {Namespace} is still active, skipping close")]
    private static partial void LogStillActive(ILogger logger, string @namespace);

    [LoggerMessage(18, LogLevel.Error, "A handler of \"{Event}\" failed.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string? @event);
}
