using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore;

// Category "socket.io:server"; the texts are those of the reference's debug lines, but for what is ours.
public sealed partial class SocketIOServer
{
    private readonly ILogger _log;

    [LoggerMessage(1, LogLevel.Debug, "initializing namespace {Namespace}")]
    private static partial void LogInitializing(ILogger logger, string @namespace);

    [LoggerMessage(2, LogLevel.Debug, "incoming connection with id {Id}")]
    private static partial void LogIncoming(ILogger logger, string id);

    [LoggerMessage(3, LogLevel.Debug, "serve client {File}")]
    private static partial void LogServeClient(ILogger logger, string file);

    [LoggerMessage(4, LogLevel.Error, "A function of the application failed ({HandlerErrorSource}, event \"{Event}\", namespace \"{Namespace}\").")]
    private static partial void LogHandlerError(
        ILogger logger, Exception exception, HandlerErrorSource handlerErrorSource, string @event, string @namespace);
}
