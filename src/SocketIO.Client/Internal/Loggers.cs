using Microsoft.Extensions.Logging;

namespace SocketIO.Client.Internal;

/// <summary>The loggers, under the official client's debug scopes.</summary>
internal sealed class Loggers(ILoggerFactory factory)
{
    public ILogger Url { get; } = factory.CreateLogger("socket.io-client:url");

    public ILogger Client { get; } = factory.CreateLogger("socket.io-client");

    public ILogger Manager { get; } = factory.CreateLogger("socket.io-client:manager");

    public ILogger Socket { get; } = factory.CreateLogger("socket.io-client:socket");

    public ILogger Parser { get; } = factory.CreateLogger("socket.io-parser");
}
