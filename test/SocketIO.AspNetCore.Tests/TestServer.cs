using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>A Socket.IO server on a real Kestrel.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly WebServer _web;

    private TestServer(WebServer web, SocketIOServer io, FakeTimeProvider? time, DebugLog? debug)
    {
        _web = web;
        Io = io;
        FakeTime = time;
        Debug = debug;
    }

    public SocketIOServer Io { get; }

    public Uri Address => _web.BaseAddress;

    public IServiceProvider Services => _web.Services;

    public LogRecorder Log => _web.Log;

    /// <summary>All log lines; recorded when asked for.</summary>
    public DebugLog? Debug { get; }

    public FakeTimeProvider? FakeTime { get; }

    public FakeTimeProvider Time => FakeTime ?? throw new InvalidOperationException("The server runs on the real clock.");

    public static async Task<TestServer> StartAsync(
        Action<SocketIOServer>? setUp = null, Action<SocketIOOptions>? options = null, bool fakeTime = false, bool debug = false,
        Action<IServiceCollection>? services = null)
    {
        var time = fakeTime ? new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55)) : null;
        var log = debug ? new DebugLog() : null;
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                if (time is not null) builder.Services.AddSingleton<TimeProvider>(time);
                if (log is not null) builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
                builder.Services.AddSocketIO(options);
                services?.Invoke(builder.Services);
            },
            app =>
            {
                io = app.MapSocketIO();
                setUp?.Invoke(io);
            });
        return new TestServer(web, io, time, log);
    }

    /// <summary>A client over WebSocket, joined to a namespace.</summary>
    public async Task<TestClient> ConnectAsync(string ns = "/", string auth = "")
    {
        var client = await OpenAsync();
        await client.JoinAsync(ns, auth);
        return client;
    }

    /// <summary>A client over WebSocket that has not joined a namespace.</summary>
    public async Task<TestClient> OpenAsync(int revision = 4, string extra = "", params (string Name, string Value)[] headers) =>
        new(await SocketClient.OpenAsync(Address, "/socket.io/", revision, extra, headers), this);

    public Task<PollingClient> OpenPollingAsync(int revision = 4, string extra = "") =>
        PollingClient.OpenAsync(Address, "/socket.io/", revision, extra);

    public Task StopAsync() => _web.StopAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
