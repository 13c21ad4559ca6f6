using Microsoft.Extensions.Logging;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Category "socket.io:socket"; the texts are those of the reference's debug lines. Lines that show what clients send are Trace.
public sealed partial class ServerSocket
{
    private readonly ILogger _log;

    internal void LogIgnoredEvent() => LogIgnoredEvent(_log);

    internal void LogAckTimeout(long id, TimeSpan timeout) => LogAckTimeout(_log, id, timeout.TotalMilliseconds);

    private void LogPacket(in Packet packet)
    {
        if (_log.IsEnabled(LogLevel.Trace)) LogGotPacket(_log, new PacketText(packet, isSent: false));
    }

    [LoggerMessage(1, LogLevel.Debug, "socket connected - writing packet")]
    private static partial void LogConnected(ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "join room {Room}")]
    private static partial void LogJoin(ILogger logger, string room);

    [LoggerMessage(3, LogLevel.Debug, "leave room {Room}")]
    private static partial void LogLeave(ILogger logger, string room);

    [LoggerMessage(4, LogLevel.Trace, "got packet {Packet}")]
    private static partial void LogGotPacket(ILogger logger, PacketText packet);

    [LoggerMessage(5, LogLevel.Trace, "emitting event {Arguments}")]
    private static partial void LogEmittingEvent(ILogger logger, Payload arguments);

    [LoggerMessage(6, LogLevel.Debug, "attaching ack callback to event")]
    private static partial void LogAttachingAck(ILogger logger);

    [LoggerMessage(7, LogLevel.Trace, "dispatching an event {Arguments}")]
    private static partial void LogDispatching(ILogger logger, Payload arguments);

    [LoggerMessage(8, LogLevel.Trace, "sending ack {Arguments}")]
    private static partial void LogSendingAck(ILogger logger, Payload arguments);

    [LoggerMessage(9, LogLevel.Debug, "emitting packet with ack id {Id}")]
    private static partial void LogEmitWithAck(ILogger logger, long id);

    [LoggerMessage(10, LogLevel.Trace, "calling ack {Id} with {Arguments}")]
    private static partial void LogCallingAck(ILogger logger, long id, Payload arguments);

    [LoggerMessage(11, LogLevel.Debug, "bad ack {Id}")]
    private static partial void LogBadAck(ILogger logger, long id);

    [LoggerMessage(12, LogLevel.Debug, "event with ack id {Id} has timed out after {Milliseconds} ms")]
    private static partial void LogAckTimeout(ILogger logger, long id, double milliseconds);

    [LoggerMessage(13, LogLevel.Debug, "got disconnect packet")]
    private static partial void LogGotDisconnect(ILogger logger);

    [LoggerMessage(14, LogLevel.Debug, "closing socket - reason {Reason}")]
    private static partial void LogClosing(ILogger logger, string reason);

    [LoggerMessage(15, LogLevel.Debug, "ignore packet received after disconnection")]
    private static partial void LogIgnoredEvent(ILogger logger);

    [LoggerMessage(16, LogLevel.Information, "A handler was not called: {Problem}")]
    private static partial void LogNotBound(ILogger logger, string problem);

    [LoggerMessage(18, LogLevel.Debug, "an event of namespace {Namespace} came more often than its rate limiter allows")]
    private static partial void LogRateLimited(ILogger logger, string @namespace);

    [LoggerMessage(19, LogLevel.Debug, "connection state recovery is enabled for sid {Id}")]
    private static partial void LogPersisting(ILogger logger, string id);

    [LoggerMessage(17, LogLevel.Error, "A write or an operation of the adapter failed.")]
    private static partial void LogTaskFailed(ILogger logger, Exception exception);
}
