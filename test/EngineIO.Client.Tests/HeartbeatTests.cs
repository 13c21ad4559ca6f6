using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>Pings, their answers, and the time that a silent server has.</summary>
public sealed class HeartbeatTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(45);

    [Theory]
    [Trait("Spec", "CLI-HB-01")]
    [Trait("Spec", "CLI-HB-02")]
    [Trait("Spec", "EIO-HB-02")]
    [Trait("Spec", "CLI-STATE-04")]
    [Trait("Spec", "CLI-NET-09")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Ping_is_answered_and_gives_new_time(string transport)
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options(time, transport));
        await using var ending = new Ending(engine, time);
        var peer = transport == "polling" ? null : await server.NextWebSocketAsync();
        for (int i = 1; i <= 3; i++)
        {
            time.Advance(s_limit - TimeSpan.FromSeconds(1));
            if (peer is null) server.Say("2");
            else await peer.SendTextAsync("2");
            Assert.Equal("3", peer is null ? await server.NextPostAsync() : await peer.ReceiveTextAsync());
            await Deadline.UntilAsync(() => recorder.Pings == i, "the ping to be told");
        }

        time.Advance(s_limit - TimeSpan.FromSeconds(1));
        Assert.Equal(EngineClientState.Open, engine.State);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(("ping timeout", null), await recorder.ClosedAsync());
    }

    [Theory]
    [Trait("Spec", "CLI-HB-04")]
    [Trait("Spec", "EIO-HB-07")]
    [Trait("Spec", "CLI-DISC-03")]
    [Trait("Spec", "CLI-STATE-05")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Time_starts_with_the_handshake_and_pings_alone_count(string transport)
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options(time, transport));
        await using var ending = new Ending(engine, time);
        time.Advance(s_limit - TimeSpan.FromSeconds(1));
        if (transport == "polling") server.Say("4x");
        else await (await server.NextWebSocketAsync()).SendTextAsync("4x");
        await recorder.NextAsync();
        Assert.False(engine.HasPingExpired());
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("ping timeout", null), await recorder.ClosedAsync());
        Assert.Null(engine.Id);
        Assert.NotNull(engine.Handshake);
    }

    [Fact]
    [Trait("Spec", "CLI-HB-05")]
    public async Task Time_goes_on_across_the_upgrade()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open("\"websocket\"") };
        var recorder = new Recorder();
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options(time, "polling", "websocket"));
        await using var ending = new Ending(engine, time);
        var webSocket = await server.NextWebSocketAsync();
        await webSocket.ReceiveTextAsync();
        time.Advance(s_limit - TimeSpan.FromSeconds(1));
        await webSocket.SendTextAsync("3probe");
        Assert.Equal("5", await server.ReceiveUpgradeAsync(webSocket));
        time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal("ping timeout", (await recorder.ClosedAsync()).Reason);
    }

    [Fact]
    [Trait("Spec", "CLI-EMIT-04")]
    [Trait("Spec", "CLI-ENV-06")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:288")]
    public async Task Machine_that_slept_learns_it_from_the_clock()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, Options(time, "polling"));
        await using var ending = new Ending(engine, time);
        Assert.False(engine.HasPingExpired());
        // The wall clock went on, the timers did not.
        time.AdjustTime(time.GetUtcNow() + s_limit + TimeSpan.FromSeconds(1));

        Assert.True(engine.HasPingExpired());
        Assert.True(engine.HasPingExpired());
        Assert.Equal(("ping timeout", null), await recorder.ClosedAsync());
        Assert.True(engine.HasPingExpired());
        Assert.Equal(1, recorder.Closings);
    }

    [Fact]
    [Trait("Spec", "CLI-HB-03")]
    [Trait("Spec", "CLI-WS-05")]
    public async Task Client_of_revision_4_never_pings()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine();
        var engine = await EngineClient.ConnectAsync(server.Address, new Recorder(), Options(time, "websocket"));
        await using var ending = new Ending(engine, time);
        var webSocket = await server.NextWebSocketAsync();
        for (int i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(25));
            await webSocket.SendTextAsync("2");
            Assert.Equal("text 3", (await webSocket.ReceiveAsync()).ToString());
        }

        engine.Enqueue(EngineFrame.Message("end"));
        Assert.Equal("text 4end", (await webSocket.ReceiveAsync()).ToString());
    }

    [Fact]
    [Trait("Spec", "EIO-HB-08")]
    public async Task Client_of_revision_3_pings_and_expects_an_answer()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        var options = Options(time, "websocket");
        options.Revision = EngineRevision.V3;
        var engine = await EngineClient.ConnectAsync(server.Address, recorder, options);
        await using var ending = new Ending(engine, time);
        var webSocket = await server.NextWebSocketAsync();
        for (int i = 0; i < 3; i++)
        {
            time.Advance(TimeSpan.FromSeconds(25));
            Assert.Equal("2", await webSocket.ReceiveTextAsync());
            await webSocket.SendTextAsync("3");
            await webSocket.SendTextAsync("4x");
            await recorder.NextAsync();
        }

        time.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal("2", await webSocket.ReceiveTextAsync());
        time.Advance(TimeSpan.FromSeconds(19));
        Assert.Equal(EngineClientState.Open, engine.State);
        time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("ping timeout", (await recorder.ClosedAsync()).Reason);
        Assert.Equal(0, recorder.Pings);
    }

    private static EngineClientOptions Options(TimeProvider time, params string[] transports) => new() { Transports = transports, TimeProvider = time };

    /// <summary>Ends a session whose clock stands still unless somebody moves it.</summary>
    private sealed class Ending(EngineClient engine, FakeTimeProvider time) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            engine.Abort();
            while (!engine.Completion.IsCompleted)
            {
                time.Advance(TimeSpan.FromSeconds(1));
                await Task.WhenAny(engine.Completion, Task.Delay(5));
            }
        }
    }
}
