using Microsoft.Extensions.Logging;

namespace EngineIO.Client;

/// <summary>The loggers, under the reference's debug scopes.</summary>
internal sealed class ClientLoggers(ILoggerFactory factory)
{
    public ILogger Socket { get; } = factory.CreateLogger("engine.io-client:socket");

    public ILogger Polling { get; } = factory.CreateLogger("engine.io-client:polling");

    public ILogger WebSocket { get; } = factory.CreateLogger("engine.io-client:websocket");

    public ILogger Transport { get; } = factory.CreateLogger("engine.io-client:transport");
}
