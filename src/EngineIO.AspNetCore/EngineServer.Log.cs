using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Debug, "handling \"{Method}\" http request \"{Path}\"")]
        public static partial void HandlingRequest(ILogger logger, string method, PathString path);

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

        [LoggerMessage(8, LogLevel.Debug, "websocket error before upgrade: {Error}")]
        public static partial void AcceptFailed(ILogger logger, string error);

        [LoggerMessage(9, LogLevel.Debug, "closing all open clients")]
        public static partial void ClosingAll(ILogger logger);

        [LoggerMessage(10, LogLevel.Error, "a headers handler failed")]
        public static partial void HeadersHandlerFailed(ILogger logger, Exception error);
    }
}
