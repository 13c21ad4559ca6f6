using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Fuzz.Live;

/// <summary>A whole server with everything that reads from the wire switched on, on a clock that the test moves.</summary>
internal sealed class LiveServer : IAsyncDisposable
{
    private readonly WebServer _web;
    private readonly SocketIOServer _io;
    private readonly FakeTimeProvider _time;

    private LiveServer(WebServer web, SocketIOServer io, FakeTimeProvider time) => (_web, _io, _time) = (web, io, time);

    public Uri Address => _web.BaseAddress;

    public IReadOnlyCollection<LogEntry> Log => _web.Log.Entries;

    /// <summary>What a listener got that could be read neither as declared nor as nothing.</summary>
    public List<Exception> HandlerErrors { get; } = [];

    public static async Task<LiveServer> StartAsync()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(55));
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddSingleton<TimeProvider>(time);
                builder.Services.AddSocketIO(options =>
                {
                    options.AllowEIO3 = true;
                    options.PingInterval = TimeSpan.FromSeconds(5);
                    options.PingTimeout = TimeSpan.FromMinutes(1);
                    options.MaxHttpBufferSize = 100_000;
                    options.PerMessageDeflate = new PerMessageDeflateOptions();
                    options.Cors = new EngineCorsOptions { ReflectOrigin = true, Credentials = true };
                    options.Cookie = new EngineCookieOptions();
                });
            },
            app => io = app.MapSocketIO());
        var server = new LiveServer(web, io, time);
        io.HandlerError += error =>
        {
            lock (server.HandlerErrors) server.HandlerErrors.Add(error.Exception);
        };
        io.Of("/admin");
        io.Of("/a");
        foreach (var ns in io.Namespaces.Values)
        {
            ns.OnConnection(socket =>
            {
                socket.On<object?>("message", value => socket.EmitAsync("message", value));
                socket.On<int, byte[], Ack>("bar", (_, _, ack) => ack.SendAsync("ok"));
                socket.OnRequest<string, string>("ask", text => new ValueTask<string>(text + "!"));
                socket.On<string, Ack>("join", async (room, ack) =>
                {
                    await socket.JoinAsync(room);
                    await ack.SendAsync();
                });
            });
        }

        return server;
    }

    /// <summary>Lets the server's time pass, ten times as fast as ours.</summary>
    public async Task RunClockAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            _time.Advance(TimeSpan.FromMilliseconds(50));
            await Task.Delay(5, CancellationToken.None);
        }
    }

    /// <summary>Every session is over once its time is, and nothing is left of any of its sockets.</summary>
    public async Task AssertEmptyAsync()
    {
        await Deadline.UntilAsync(
            () =>
            {
                _time.Advance(TimeSpan.FromSeconds(5));
                return _io.Engine.ClientsCount == 0;
            },
            "every session to end",
            TimeSpan.FromSeconds(30));
        foreach (var ns in _io.Namespaces.Values)
            await Deadline.UntilAsync(() => ns.Sockets.Count == 0, $"the sockets of {ns.Name} to go");
    }

    /// <summary>Nothing that came over the wire is an error of ours, and no line shows it.</summary>
    public void AssertLog(string secret)
    {
        Assert.Empty(HandlerErrors);
        Assert.DoesNotContain(Log, entry => entry.Level >= LogLevel.Error);
        // The framework's own lines show the URL.
        Assert.DoesNotContain(
            Log.Where(entry => !entry.Category.StartsWith("Microsoft.", StringComparison.Ordinal)),
            entry => $"{entry.Message} {entry.Exception}".Contains(secret, StringComparison.Ordinal));
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();
}
