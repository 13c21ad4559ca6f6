using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>Our own server, which sends every message back.</summary>
internal static class EchoServer
{
    public static Task<WebServer> StartAsync(Action<EngineOptions>? configure = null, Action<EngineSession>? onConnection = null, Action<WebApplication>? pipeline = null) =>
        WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(options => configure?.Invoke(options)),
            app =>
            {
                pipeline?.Invoke(app);
                Map(app, onConnection);
            });

    public static void Map(WebApplication app, Action<EngineSession>? onConnection = null) => app.MapEngineIO().OnConnection(session =>
    {
        session.Handler = new Echo(session);
        onConnection?.Invoke(session);
    });

    private sealed class Echo(EngineSession session) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message)
        {
            session.Post(EngineFrame.Message(message));
            return default;
        }

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }
    }
}
