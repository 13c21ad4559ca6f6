using EngineIO;
using EngineIO.AspNetCore;

namespace Conformance.Server;

/// <summary>Modes <c>eio3</c> and <c>eio4</c>: every message comes back.</summary>
internal static class EchoMode
{
    public static WebApplication Build(WebApplicationBuilder builder, bool allowEIO3)
    {
        builder.Services.AddEngineIO(options =>
        {
            EngineDefaults.Apply(options);
            options.AllowEIO3 = allowEIO3;
        });
        var app = builder.Build();
        var engine = app.MapEngineIO();
        engine.OnConnection(session => session.Handler = new Echo(session));
        return app;
    }

    private sealed class Echo(EngineSession session) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message) => session.SendAsync(EngineFrame.Message(message));

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }
    }
}
