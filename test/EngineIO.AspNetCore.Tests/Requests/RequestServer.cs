using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>An Engine.IO server on a real Kestrel that keeps its refusals and its sessions.</summary>
internal sealed class RequestServer : IAsyncDisposable
{
    public const string Polling = "/engine.io/?EIO=4&transport=polling";
    public const string WebSocket = "/engine.io/?EIO=4&transport=websocket";

    private readonly WebServer _web;
    private readonly ConcurrentQueue<SeenError> _errors;
    private readonly ConcurrentQueue<EngineSession> _sessions;

    private RequestServer(WebServer web, EngineServer engine, ConcurrentQueue<SeenError> errors, ConcurrentQueue<EngineSession> sessions)
    {
        (_web, Engine) = (web, engine);
        (_errors, _sessions) = (errors, sessions);
    }

    public EngineServer Engine { get; }

    public Uri Address => _web.BaseAddress;

    public LogRecorder Log => _web.Log;

    /// <summary>What <c>connection_error</c> told, in its order.</summary>
    public IReadOnlyCollection<SeenError> Errors => _errors;

    /// <summary>Sessions in the order of their beginning.</summary>
    public IReadOnlyCollection<EngineSession> Sessions => _sessions;

    public static async Task<RequestServer> StartAsync(
        Action<EngineOptions>? options = null,
        Action<EngineServer>? setUp = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? pipeline = null)
    {
        var errors = new ConcurrentQueue<SeenError>();
        var sessions = new ConcurrentQueue<EngineSession>();
        EngineServer engine = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                services?.Invoke(builder.Services);
                builder.Services.AddEngineIO(options);
            },
            app =>
            {
                pipeline?.Invoke(app);
                engine = app.MapEngineIO();
                engine.OnConnection(sessions.Enqueue);
                engine.ConnectionError += error => errors.Enqueue(new SeenError(
                    error.Code, error.Message, error.Context.ToDictionary(), error.Request.HttpContext.Request.QueryString.Value!));
                setUp?.Invoke(engine);
            });
        return new RequestServer(web, engine, errors, sessions);
    }

    public Task<RawResponse> GetAsync(string target, params (string Name, string Value)[] headers) => RawHttp.GetAsync(Address, target, headers);

    public Task<RawResponse> RequestAsync(string method, string target, params (string Name, string Value)[] headers) =>
        RawHttp.RequestAsync(Address, method, target, null, headers);

    /// <summary>A session over polling that has moved to a WebSocket.</summary>
    public async Task<(PollingClient Polling, RawWebSocket WebSocket)> UpgradeAsync()
    {
        var polling = await PollingClient.OpenAsync(Address);
        var webSocket = await RawWebSocket.ConnectAsync(Address, polling.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendTextAsync("5");
        var session = Engine.Sessions.Single(session => session.Id == polling.Sid);
        await Deadline.UntilAsync(() => session.TransportName == "websocket", "the upgrade to be complete");
        return (polling, webSocket);
    }

    public Task StopAsync() => _web.StopAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    /// <summary>One <c>connection_error</c>.</summary>
    internal sealed record SeenError(EngineErrorCode Code, string Message, IReadOnlyDictionary<string, object?> Context, string Query);
}
