using Microsoft.Extensions.Logging;

namespace SocketIO.Client.Internal;

internal static partial class ClientLog
{
    [LoggerMessage(1, LogLevel.Debug, "new io instance for {Url}")]
    public static partial void LogNewInstance(this ILogger logger, string url);

    [LoggerMessage(2, LogLevel.Debug, "ignoring socket cache for {Url}")]
    public static partial void LogIgnoringCache(this ILogger logger, string url);
}
