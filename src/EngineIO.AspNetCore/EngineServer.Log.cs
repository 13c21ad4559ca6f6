using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "handling \"{Method}\" http request \"{Url}\"")]
        public static partial void HandlingRequest(ILogger logger, string method, string url);

        [LoggerMessage(11, LogLevel.Debug, "intercepting request for path \"{Path}\"")]
        public static partial void Intercepting(ILogger logger, string path);

        [LoggerMessage(12, LogLevel.Debug, "no middleware to apply, skipping")]
        public static partial void NoMiddleware(ILogger logger);

        [LoggerMessage(13, LogLevel.Debug, "setting new request for existing client")]
        public static partial void SettingRequest(ILogger logger);

        [LoggerMessage(14, LogLevel.Debug, "middleware already settled, ignoring extra callback")]
        public static partial void MiddlewareSettled(ILogger logger);

        [LoggerMessage(18, LogLevel.Debug, "response headers already sent, skipping error response")]
        public static partial void HeadersAlreadySent(ILogger logger);

        [LoggerMessage(15, LogLevel.Trace, "writing headers: {Headers}")]
        public static partial void WritingHeaders(ILogger logger, string headers);

        [LoggerMessage(16, LogLevel.Debug, "{Cause}")]
        public static partial void RefusedBecause(ILogger logger, string cause);

        [LoggerMessage(2, LogLevel.Debug, "handshaking client \"{Sid}\"")]
        public static partial void Handshaking(ILogger logger, string sid);

        [LoggerMessage(3, LogLevel.Information, "refused with code {Code}: {Cause} ({Method})")]
        public static partial void Refused(ILogger logger, int code, string cause, string method);

        [LoggerMessage(4, LogLevel.Error, "error while generating an id")]
        public static partial void IdGenerationFailed(ILogger logger, Exception error);

        [LoggerMessage(5, LogLevel.Error, "an engine middleware failed")]
        public static partial void MiddlewareFailed(ILogger logger, Exception error);

        [LoggerMessage(6, LogLevel.Error, "allowRequest failed; the request is refused")]
        public static partial void AllowRequestFailed(ILogger logger, Exception error);

        [LoggerMessage(7, LogLevel.Error, "a connection handler failed")]
        public static partial void ConnectionHandlerFailed(ILogger logger, Exception error);

        [LoggerMessage(17, LogLevel.Error, "a handler of a session's flush or drain failed")]
        public static partial void SessionHandlerFailed(ILogger logger, Exception error);

        [LoggerMessage(8, LogLevel.Debug, "websocket error before upgrade")]
        public static partial void AcceptFailed(ILogger logger, Exception error);

        [LoggerMessage(9, LogLevel.Debug, "closing all open clients")]
        public static partial void ClosingAll(ILogger logger);

        [LoggerMessage(10, LogLevel.Error, "a headers handler failed")]
        public static partial void HeadersHandlerFailed(ILogger logger, Exception error);
    }
}
