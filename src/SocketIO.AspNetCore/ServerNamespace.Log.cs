using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore;

// Category "socket.io:namespace"; the texts are those of the reference's debug lines.
public partial class ServerNamespace
{
    private readonly ILogger _log;

    [LoggerMessage(1, LogLevel.Debug, "adding socket to nsp {Namespace}")]
    private static partial void LogAdding(ILogger logger, string @namespace);

    [LoggerMessage(2, LogLevel.Debug, "next called after client was closed - ignoring socket")]
    private static partial void LogTooLate(ILogger logger);

    [LoggerMessage(3, LogLevel.Debug, "middleware error, sending CONNECT_ERROR packet to the client")]
    private static partial void LogRefused(ILogger logger);

    [LoggerMessage(4, LogLevel.Error, "error while initializing adapter")]
    private static partial void LogAdapterFailed(ILogger logger, Exception exception);

    [LoggerMessage(5, LogLevel.Error, "error while closing adapter")]
    private static partial void LogAdapterCloseFailed(ILogger logger, Exception exception);

    [LoggerMessage(7, LogLevel.Debug, "connection state recovered for sid {Id}")]
    private static partial void LogRecovered(ILogger logger, string id);

    [LoggerMessage(8, LogLevel.Debug, "connection state not recovered: {Outcome}")]
    private static partial void LogNotRecovered(ILogger logger, RecoveryOutcome outcome);

    [LoggerMessage(9, LogLevel.Error, "error while restoring session")]
    private static partial void LogRestoreFailed(ILogger logger, Exception exception);

    [LoggerMessage(6, LogLevel.Error, "error while connecting a socket")]
    private static partial void LogConnectFailed(ILogger logger, Exception exception);
}
