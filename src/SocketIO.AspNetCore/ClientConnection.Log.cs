using Microsoft.Extensions.Logging;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// Category "socket.io:client"; the texts are those of the reference's debug lines.
public sealed partial class ClientConnection
{
    private readonly ILogger _log;

    [LoggerMessage(1, LogLevel.Debug, "connecting to namespace {Namespace}")]
    private static partial void LogConnecting(ILogger logger, string @namespace);

    [LoggerMessage(2, LogLevel.Debug, "creation of namespace {Namespace} was denied")]
    private static partial void LogDenied(ILogger logger, string @namespace);

    [LoggerMessage(3, LogLevel.Debug, "no namespace joined yet, close the client")]
    private static partial void LogNothingJoined(ILogger logger);

    [LoggerMessage(4, LogLevel.Debug, "the client has already joined a namespace, nothing to do")]
    private static partial void LogAlreadyJoined(ILogger logger);

    [LoggerMessage(5, LogLevel.Debug, "forcing transport close")]
    private static partial void LogForcing(ILogger logger);

    [LoggerMessage(6, LogLevel.Trace, "ignoring packet write {Packet}")]
    private static partial void LogIgnoredWrite(ILogger logger, PacketText packet);

    [LoggerMessage(7, LogLevel.Debug, "volatile packet is discarded since the transport is not currently writable")]
    private static partial void LogVolatileDiscarded(ILogger logger);

    [LoggerMessage(8, LogLevel.Information, "invalid packet format")]
    private static partial void LogInvalidFormat(ILogger logger);

    [LoggerMessage(9, LogLevel.Debug, "invalid state (packet type: {Type})")]
    private static partial void LogInvalidState(ILogger logger, int type);

    [LoggerMessage(11, LogLevel.Error, "The packet parser threw an exception; it should return what is wrong.")]
    private static partial void LogParserFailed(ILogger logger, Exception exception);

    // Category "socket.io:socket": the socket it was for is gone.
    [LoggerMessage(12, LogLevel.Debug, "ignore packet received after disconnection")]
    private static partial void LogAfterDisconnect(ILogger logger);

    [LoggerMessage(10, LogLevel.Debug, "client close with reason {Reason}")]
    private static partial void LogClosed(ILogger logger, string reason);
}
