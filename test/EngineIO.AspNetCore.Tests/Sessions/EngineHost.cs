using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>An Engine.IO server on a real Kestrel, whose sessions are watched.</summary>
internal sealed class EngineHost : IAsyncDisposable
{
    private readonly WebServer _web;
    private readonly Channel<WatchedSession> _sessions = Channel.CreateUnbounded<WatchedSession>();
    private readonly ConcurrentQueue<string> _begun = new();

    private EngineHost(WebServer web, EngineServer engine, FakeTimeProvider? time) => (_web, Engine, FakeTime) = (web, engine, time);

    public EngineServer Engine { get; }

    public Uri Address => _web.BaseAddress;

    public LogRecorder Log => _web.Log;

    public IServiceProvider Services => _web.Services;

    private FakeTimeProvider? FakeTime { get; }

    public static async Task<EngineHost> StartAsync(
        Action<EngineOptions>? options = null, Action<WatchedSession>? onConnection = null, FakeTimeProvider? time = null, LogRecorder? log = null)
    {
        EngineHost host = null!;
        EngineServer engine = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                if (log is not null) builder.Logging.AddProvider(log).SetMinimumLevel(LogLevel.Trace);
                if (time is not null) builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddEngineIO(options);
            },
            app =>
            {
                app.Use((context, next) =>
                {
                    // What comes back has done all that it can do at once.
                    var handled = next(context);
                    host._begun.Enqueue(context.Request.Method);
                    return handled;
                });
                engine = app.MapEngineIO();
                engine.OnConnection(session =>
                {
                    var watched = new WatchedSession(session);
                    onConnection?.Invoke(watched);
                    host._sessions.Writer.TryWrite(watched);
                });
            });
        return host = new EngineHost(web, engine, time);
    }

    /// <summary>A server on a clock that the test moves.</summary>
    public static Task<EngineHost> StartWithFakeTimeAsync(
        Action<EngineOptions>? options = null, Action<WatchedSession>? onConnection = null, LogRecorder? log = null) =>
        StartAsync(options, onConnection, new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55)), log);

    /// <summary>Moves the clock in small steps, as a real one would.</summary>
    public void Advance(TimeSpan time)
    {
        var step = TimeSpan.FromMilliseconds(20);
        for (; time > TimeSpan.Zero; time -= step) FakeTime!.Advance(time < step ? time : step);
    }

    /// <summary>The next session that was opened.</summary>
    public Task<WatchedSession> NextSessionAsync() => _sessions.Reader.ReadAsync().AsTask().WithDeadline("a session");

    public async Task<(PollingClient Client, WatchedSession Session)> OpenPollingAsync(int revision = 4) =>
        (await PollingClient.OpenAsync(Address, revision: revision), await NextSessionAsync());

    public async Task<(SocketClient Client, WatchedSession Session)> OpenWebSocketAsync(int revision = 4) =>
        (await SocketClient.OpenAsync(Address, revision: revision), await NextSessionAsync());

    /// <summary>Sends a GET that waits at the server when this completes.</summary>
    public async Task<Task<RawResponse>> PollAsync(PollingClient client)
    {
        var before = Begun("GET");
        var answer = await client.BeginGetAsync();
        await BegunAsync("GET", before + 1);
        return answer;
    }

    /// <summary>How many requests with this method the server has begun to handle.</summary>
    public int Begun(string method) => _begun.Count(begun => begun == method);

    public Task BegunAsync(string method, int count) => Deadline.UntilAsync(() => Begun(method) >= count, $"{method} number {count}");

    /// <summary>Nothing is left of any session.</summary>
    public async Task AssertEmptyAsync()
    {
        await Deadline.UntilAsync(() => Engine.Wheel.Count == 0, "the last timer to go");
        Assert.Equal(0, Engine.ClientsCount);
        Assert.Empty(Engine.Sessions);
    }

    /// <summary>The session's id is unknown.</summary>
    public async Task AssertUnknownAsync(PollingClient client)
    {
        var response = await RawHttp.GetAsync(Address, client.Target);
        Assert.Equal(400, response.Status);
        Assert.Equal("""{"code":1,"message":"Session ID unknown"}""", response.Text);
    }

    public Task StopAsync() => _web.StopAsync();

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
