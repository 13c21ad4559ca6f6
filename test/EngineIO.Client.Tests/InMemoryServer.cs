using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Tests;

/// <summary>Our own server in memory, which sends every message back.</summary>
internal static class InMemoryServer
{
    public static Uri Address { get; } = new("http://in.memory");

    public static EngineClientOptions Options(WebApplication app, params string[] transports)
    {
        var server = app.GetTestServer();
        return new()
        {
            Transports = transports,
            HttpHandler = server.CreateHandler(),
            WebSocketFactory = async (request, cancellation) =>
            {
                var sockets = server.CreateWebSocketClient();
                foreach (string protocol in request.Protocols) sockets.SubProtocols.Add(protocol);
                sockets.ConfigureRequest = http =>
                {
                    foreach (var header in request.Headers) http.Headers[header.Key] = header.Value;
                };
                return await sockets.ConnectAsync(request.Uri, cancellation);
            },
        };
    }

    public static async Task<WebApplication> StartAsync(Action<EngineSession>? onConnection = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseTestServer();
        builder.Services.AddEngineIO();
        var app = builder.Build();
        EchoServer.Map(app, onConnection);
        await app.StartAsync();
        return app;
    }
}
