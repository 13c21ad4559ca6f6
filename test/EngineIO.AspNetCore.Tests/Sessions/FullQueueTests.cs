using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>What becomes of a message for a full queue.</summary>
public sealed class FullQueueTests
{
    [Theory]
    [InlineData(SendQueueFullPolicy.DropNewest, "41\u001e42")]
    [InlineData(SendQueueFullPolicy.DropOldest, "42\u001e43")]
    public async Task Messages_are_dropped(SendQueueFullPolicy policy, string expected)
    {
        await using var host = await StartAsync(policy);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        await session.SendAsync("1");
        session.Inner.Post(EngineFrame.Message("2"));
        Assert.True(session.SendAsync("3").AsTask().IsCompletedSuccessfully);

        Assert.Equal(expected, (await client.GetAsync()).Text);
        await session.SendAsync("next");
        Assert.Equal("4next", (await client.GetAsync()).Text);
    }

    [Theory]
    [InlineData(SendQueueFullPolicy.DropNewest)]
    [InlineData(SendQueueFullPolicy.DropOldest)]
    public async Task Metrics_hear_of_it_outside_of_the_lock(SendQueueFullPolicy policy)
    {
        await using var host = await StartAsync(policy);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var heard = 0L;
        var isLocked = false;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (instrument.Meter.Scope == host.Services.GetRequiredService<IMeterFactory>() && instrument.Name == "engineio.server.dropped_messages")
                listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) =>
        {
            heard += value;
            isLocked |= Monitor.IsEntered(session.Inner.Gate);
        });
        listener.Start();

        for (var i = 0; i < 5; i++) await session.SendAsync("x");

        Assert.Equal((3, false), (heard, isLocked));
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Session_is_closed()
    {
        await using var host = await StartAsync(SendQueueFullPolicy.Disconnect);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        foreach (var text in new[] { "1", "2", "3" }) await session.SendAsync(text);

        await session.AssertClosedAsync(CloseReasons.TransportError, "send queue full");
        await host.AssertUnknownAsync(client);
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Message_that_cannot_wait_closes_the_session()
    {
        await using var host = await StartAsync(SendQueueFullPolicy.Wait);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await session.SendAsync("1");
        await session.SendAsync("2");

        session.Inner.Post(EngineFrame.Message("3"));

        await session.AssertClosedAsync(CloseReasons.TransportError, "send queue full");
        Assert.Single(host.Log.Entries, entry => entry.Message.EndsWith("its send queue is full", StringComparison.Ordinal));
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "EIO-POLL-06")]
    public async Task Volatile_message_needs_a_waiting_poll()
    {
        await using var host = await StartAsync(SendQueueFullPolicy.Wait);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;

        Assert.False(session.Inner.IsWritable);
        Assert.False(session.Inner.TrySend(EngineFrame.Message("dropped")));
        var pending = await host.PollAsync(client);
        Assert.True(session.Inner.IsWritable);
        Assert.True(session.Inner.TrySend(EngineFrame.Message("sent")));
        Assert.False(session.Inner.TrySend(EngineFrame.Message("dropped")));

        Assert.Equal("4sent", (await pending).Text);
    }

    [Fact]
    [Trait("Spec", "EIO-WS-17")]
    public async Task Second_volatile_message_of_a_handler_is_dropped()
    {
        var sent = new TaskCompletionSource<(bool, bool)>();
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = _ =>
        {
            sent.SetResult((session.Inner.TrySend(EngineFrame.Message("first")), session.Inner.TrySend(EngineFrame.Message("second"))));
            return default;
        });
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        await client.SendAsync("4go");

        Assert.Equal((true, false), await sent.Task.WithDeadline());
        Assert.Equal("4first", await client.ReceiveTextAsync());
        await session.SendAsync("end");
        Assert.Equal("4end", await client.ReceiveTextAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "SIO-BIN-04")]
    public async Task Groups_stay_together_under_many_threads(bool isPolling)
    {
        const int threads = 32, groups = 40;
        await using var host = await EngineHost.StartAsync();
        var (polling, session) = isPolling ? await host.OpenPollingAsync() : (null, null!);
        var webSocket = isPolling ? null : await SocketClient.OpenAsync(host.Address);
        if (!isPolling) session = await host.NextSessionAsync();
        await using var closing = (IAsyncDisposable?)polling ?? webSocket!;
        var sending = Task.WhenAll(Enumerable.Range(0, threads).Select(thread => Task.Run(async () =>
        {
            for (var i = 0; i < groups; i++)
            {
                var name = $"{thread}-{i}";
                EngineFrame[] rest = [EngineFrame.Message(name + ":1"), EngineFrame.Message(name + ":2")];
                await session.Inner.SendAsync(EngineFrame.Message(name + ":0"), rest);
            }
        })));

        var next = new int[threads];
        for (var group = 0; group < threads * groups; group++)
        {
            var first = await ReceiveAsync();
            var parts = first[1..^2].Split('-').Select(part => int.Parse(part, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
            Assert.Equal(next[parts[0]]++, parts[1]);
            Assert.Equal(first[..^1] + "1", await ReceiveAsync());
            Assert.Equal(first[..^1] + "2", await ReceiveAsync());
        }

        await sending;

        async Task<string> ReceiveAsync() => polling is not null ? (await polling.ReceiveAsync())! : await webSocket!.ReceiveTextAsync();
    }

    private static Task<EngineHost> StartAsync(SendQueueFullPolicy policy) => EngineHost.StartAsync(options =>
    {
        options.MaxQueuedPackets = 2;
        options.SendQueueFull = policy;
    });
}
