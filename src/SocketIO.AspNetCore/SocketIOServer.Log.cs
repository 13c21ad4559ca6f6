using System.Text.RegularExpressions;
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

    [LoggerMessage(5, LogLevel.Debug, "initializing parent namespace {Namespace}")]
    private static partial void LogInitializingParent(ILogger logger, string @namespace);

    [LoggerMessage(6, LogLevel.Debug, "attaching namespace {Namespace} to parent namespace {Pattern}")]
    private static partial void LogAttaching(ILogger logger, string @namespace, Regex pattern);

    [LoggerMessage(7, LogLevel.Debug, "dynamic namespace {Namespace} was created")]
    private static partial void LogDynamicCreated(ILogger logger, string @namespace);

    [LoggerMessage(8, LogLevel.Debug, "dynamic namespace {Namespace} already exists")]
    private static partial void LogDynamicExists(ILogger logger, string @namespace);

    [LoggerMessage(9, LogLevel.Information, "A namespace was not made for a client: there are {Count} already (MaxChildNamespaces).")]
    private static partial void LogTooManyChildren(ILogger logger, int count);

    [LoggerMessage(22, LogLevel.Debug, "creating engine.io instance with opts {{\"path\":\"{Path}\"}}")]
    private static partial void LogCreatingEngine(ILogger logger, string path);

    [LoggerMessage(23, LogLevel.Debug, "attaching client serving req handler")]
    private static partial void LogServingClient(ILogger logger);

    [LoggerMessage(20, LogLevel.Information, "draining: {Sessions} sessions will be disconnected")]
    private static partial void LogDraining(ILogger logger, int sessions);

    [LoggerMessage(21, LogLevel.Warning, "the drain is over its time: {Sessions} sessions are closed at once")]
    private static partial void LogDrainEnded(ILogger logger, int sessions);

    [LoggerMessage(4, LogLevel.Error, "A function of the application failed ({HandlerErrorSource}, event \"{Event}\", namespace \"{Namespace}\").")]
    private static partial void LogHandlerError(
        ILogger logger, Exception exception, HandlerErrorSource handlerErrorSource, string @event, string @namespace);
}
