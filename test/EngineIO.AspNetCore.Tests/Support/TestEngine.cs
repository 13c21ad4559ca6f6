using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Support;

/// <summary>An engine on a Kestrel of its own, and everything it tells the application.</summary>
internal sealed class TestEngine : IAsyncDisposable
{
    private readonly Channel<SessionProbe> _sessions = Channel.CreateUnbounded<SessionProbe>();
    private readonly ConcurrentQueue<string> _errors = new();

    private TestEngine(WebServer server, EngineServer engine)
    {
        Server = server;
        Engine = engine;
    }

    public WebServer Server { get; }

    public EngineServer Engine { get; }

    public Uri Address => Server.BaseAddress;

    /// <summary>The <c>connection_error</c> events: code, message and context, as <c>0 Transport unknown transport=udp</c>.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Starts a host.</summary>
    /// <param name="configure">Sets the engine's options.</param>
    /// <param name="setUp">Adds handlers before the first request.</param>
    /// <param name="time">The engine's clock.</param>
    /// <param name="echo">Whether messages come back.</param>
    /// <param name="pipeline">Adds to the application's pipeline.</param>
    /// <param name="services">Adds services.</param>
    public static async Task<TestEngine> StartAsync(
        Action<EngineOptions>? configure = null,
        Action<EngineServer>? setUp = null,
        TimeProvider? time = null,
        bool echo = false,
        Action<WebApplication>? pipeline = null,
        Action<WebApplicationBuilder>? services = null)
    {
        EngineServer engine = null!;
        TestEngine? host = null;
        var server = await WebServer.StartAsync(
            builder =>
            {
                if (time is not null)
                    builder.Services.AddSingleton(time);
                builder.Services.AddEngineIO(configure);
                services?.Invoke(builder);
            },
            app =>
            {
                pipeline?.Invoke(app);
                engine = app.MapEngineIO();
                engine.OnConnection(session => host!._sessions.Writer.TryWrite(new SessionProbe(session, echo)));
                engine.ConnectionError += error => host!._errors.Enqueue(Describe(error));
                setUp?.Invoke(engine);
            });
        host = new TestEngine(server, engine);
        return host;
    }

    public Task<SessionProbe> NextSessionAsync() => _sessions.Reader.ReadAsync().AsTask().WithDeadline("a session");

    public bool HasSession => _sessions.Reader.TryPeek(out _);

    public Task<RawResponse> GetAsync(string query, params (string Name, string Value)[] headers) =>
        RawHttp.GetAsync(Address, "/engine.io/" + query, headers);

    public async Task<(PollingClient Client, SessionProbe Probe)> OpenPollingAsync(string extra = "", int revision = 4)
    {
        var client = await PollingClient.OpenAsync(Address, revision: revision, extra: extra);
        return (client, await NextSessionAsync());
    }

    public async Task<(SocketClient Client, SessionProbe Probe)> OpenWebSocketAsync(string extra = "", int revision = 4)
    {
        var client = await SocketClient.OpenAsync(Address, revision: revision, extra: extra);
        return (client, await NextSessionAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        // Whatever a client or a handler did, nothing of it may reach the host.
        Assert.DoesNotContain(Server.Log.Errors, entry => entry.Category.StartsWith("Microsoft.", StringComparison.Ordinal));
    }

    private static string Describe(ConnectionError error) =>
        string.Create(CultureInfo.InvariantCulture, $"{(int)error.Code} {error.Message}")
        + string.Concat(error.Context.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(
            pair => $" {pair.Key}={(pair.Value is Exception fault ? fault.Message : pair.Value)}"));
}
