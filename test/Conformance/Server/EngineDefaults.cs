using EngineIO.AspNetCore;

namespace Conformance.Server;

/// <summary>What the modes of the protocol suites have in common.</summary>
internal static class EngineDefaults
{
    public static void Apply(EngineOptions options)
    {
        options.PingInterval = TimeSpan.FromMilliseconds(300);
        options.PingTimeout = TimeSpan.FromMilliseconds(200);
        options.MaxHttpBufferSize = 1_000_000;
        options.Cors = new EngineCorsOptions();
    }
}
