using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore.Internal;

/// <summary>The loggers, under the reference's debug scopes.</summary>
internal sealed class SocketIOLoggers(ILoggerFactory factory)
{
    public ILogger Parser { get; } = factory.CreateLogger("socket.io-parser");

    public ILogger Server { get; } = factory.CreateLogger("socket.io:server");

    public ILogger Client { get; } = factory.CreateLogger("socket.io:client");

    public ILogger Namespace { get; } = factory.CreateLogger("socket.io:namespace");

    public ILogger ParentNamespace { get; } = factory.CreateLogger("socket.io:parent-namespace");

    public ILogger Socket { get; } = factory.CreateLogger("socket.io:socket");

    public ILogger Adapter { get; } = factory.CreateLogger("socket.io-adapter");

    public ILogger BroadcastOperator { get; } = factory.CreateLogger("socket.io:broadcast-operator");
}
