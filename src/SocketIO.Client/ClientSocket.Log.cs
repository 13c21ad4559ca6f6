using Microsoft.Extensions.Logging;

namespace SocketIO.Client;

public sealed partial class ClientSocket
{
    [LoggerMessage(1, LogLevel.Debug, "transport is open - connecting")]
    private static partial void LogTransportOpen(ILogger logger);

    [LoggerMessage(2, LogLevel.Debug, "socket connected with id {Id}")]
    private static partial void LogConnected(ILogger logger, string id);

    [LoggerMessage(3, LogLevel.Debug, "draining queue")]
    private static partial void LogDraining(ILogger logger);

    [LoggerMessage(4, LogLevel.Debug, "emitting packet with ack id {Id}")]
    private static partial void LogEmittingWithAck(ILogger logger, long id);

    [LoggerMessage(5, LogLevel.Debug, "discard packet as the transport is not currently writable")]
    private static partial void LogDiscard(ILogger logger);

    [LoggerMessage(6, LogLevel.Trace, "emitting event {Data}")]
    private static partial void LogEmittingEvent(ILogger logger, Payload data);

    [LoggerMessage(7, LogLevel.Debug, "attaching ack callback to event")]
    private static partial void LogAttachingAck(ILogger logger);

    [LoggerMessage(8, LogLevel.Trace, "sending ack {Data}")]
    private static partial void LogSendingAck(ILogger logger, Payload data);

    [LoggerMessage(9, LogLevel.Trace, "calling ack {Id} with {Data}")]
    private static partial void LogCallingAck(ILogger logger, long id, Payload data);

    [LoggerMessage(10, LogLevel.Debug, "bad ack {Id}")]
    private static partial void LogBadAck(ILogger logger, long? id);

    [LoggerMessage(11, LogLevel.Debug, "event with ack id {Id} has timed out after {Milliseconds} ms")]
    private static partial void LogAckTimeout(ILogger logger, long id, long milliseconds);

    [LoggerMessage(12, LogLevel.Debug, "removing packet with ack id {Id} from the buffer")]
    private static partial void LogRemoving(ILogger logger, long id);

    [LoggerMessage(13, LogLevel.Debug, "performing disconnect ({Namespace})")]
    private static partial void LogDisconnecting(ILogger logger, string @namespace);

    [LoggerMessage(14, LogLevel.Debug, "server disconnect ({Namespace})")]
    private static partial void LogServerDisconnect(ILogger logger, string @namespace);

    [LoggerMessage(15, LogLevel.Debug, "close ({Reason})")]
    private static partial void LogClose(ILogger logger, string reason);

    [LoggerMessage(16, LogLevel.Debug, "sending packet [{Number}] (try n°{Try})")]
    private static partial void LogTrying(ILogger logger, long number, int @try);

    [LoggerMessage(17, LogLevel.Debug, "packet [{Number}] was successfully sent")]
    private static partial void LogTried(ILogger logger, long number);

    [LoggerMessage(18, LogLevel.Debug, "packet [{Number}] is discarded after {Tries} tries")]
    private static partial void LogGivenUp(ILogger logger, long number, int tries);

    [LoggerMessage(19, LogLevel.Debug, "packet [{Number}] has already been sent and is waiting for an ack")]
    private static partial void LogAlreadySent(ILogger logger, long number);

    [LoggerMessage(20, LogLevel.Debug, "packet [{Number}] already acknowledged")]
    private static partial void LogAlreadyAcknowledged(ILogger logger, long number);

    [LoggerMessage(21, LogLevel.Warning, "{Count} events ({Bytes} bytes) wait for the connection to {Namespace}, more are dropped (MaxQueuedEvents, MaxQueuedEventBytes).")]
    private static partial void LogEarlyFull(ILogger logger, string @namespace, int count, long bytes);

    [LoggerMessage(22, LogLevel.Warning, "{Count} events of {Namespace} were dropped: they came before the server had let the socket in.")]
    private static partial void LogEarlyDropped(ILogger logger, string @namespace, int count);
}
