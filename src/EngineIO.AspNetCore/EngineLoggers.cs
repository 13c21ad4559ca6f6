using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

/// <summary>The loggers, under the reference's debug scopes.</summary>
internal sealed class EngineLoggers(ILoggerFactory factory)
{
    public ILogger Engine { get; } = factory.CreateLogger("engine");

    public ILogger Session { get; } = factory.CreateLogger("engine:socket");

    public ILogger Transport { get; } = factory.CreateLogger("engine:transport");

    public ILogger Polling { get; } = factory.CreateLogger("engine:polling");

    public ILogger WebSocket { get; } = factory.CreateLogger("engine:ws");
}
