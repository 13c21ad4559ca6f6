using Microsoft.Extensions.Logging;
using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Adapters;

// Category "socket.io-adapter".
public abstract partial class ClusterAdapter
{
    [LoggerMessage(10, LogLevel.Debug, "[{ServerId}] sending message {Type}")]
    private static partial void LogSending(ILogger logger, string serverId, ClusterMessageType type);

    [LoggerMessage(11, LogLevel.Debug, "[{ServerId}] sending response {Type} to {RequesterId}")]
    private static partial void LogResponding(ILogger logger, string serverId, ClusterMessageType type, string requesterId);

    [LoggerMessage(12, LogLevel.Debug, "[{ServerId}] new event of type {Type} from {SenderId}")]
    private static partial void LogReceived(ILogger logger, string serverId, ClusterMessageType type, string senderId);

    [LoggerMessage(13, LogLevel.Debug, "[{ServerId}] received response {Type} to request {RequestId}")]
    private static partial void LogReceivedResponse(ILogger logger, string serverId, ClusterMessageType type, string requestId);

    [LoggerMessage(14, LogLevel.Error, "[{ServerId}] error while publishing message {Type}")]
    private static partial void LogPublishFailed(ILogger logger, Exception exception, string serverId, ClusterMessageType type);

    [LoggerMessage(15, LogLevel.Error, "[{ServerId}] error while handling message {Type} from {SenderId}")]
    private static partial void LogHandlingFailed(ILogger logger, Exception exception, string serverId, ClusterMessageType type, string senderId);

    [LoggerMessage(16, LogLevel.Warning, "[{ServerId}] dropped a message that is none: {Error}")]
    private static partial void LogMalformed(ILogger logger, string serverId, string error);

    [LoggerMessage(17, LogLevel.Error, "[{ServerId}] the data of socket {SocketId} cannot be sent to other servers")]
    private static partial void LogDataFailed(ILogger logger, Exception exception, string serverId, string socketId);

    [LoggerMessage(19, LogLevel.Warning, "[{ServerId}] the servers of the cluster cannot be counted")]
    private static partial void LogCountFailed(ILogger logger, Exception exception, string serverId);

    [LoggerMessage(20, LogLevel.Debug, "[{ServerId}] the servers of the cluster cannot be listed")]
    private static partial void LogListFailed(ILogger logger, Exception exception, string serverId);

    [LoggerMessage(18, LogLevel.Debug, "[{ServerId}] node {NodeId} seems down")]
    private protected static partial void LogNodeDown(ILogger logger, string serverId, string nodeId);
}
