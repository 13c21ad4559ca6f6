using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Security;

/// <summary>Clients that take what they are given and more: memory, time, connections. What they take of the process is measured, so these run alone.</summary>
[CollectionDefinition(nameof(ExhaustionTests), DisableParallelization = true)]
[Collection(nameof(ExhaustionTests))]
public sealed class ExhaustionTests
{
    [Fact]
    [Trait("Spec", "SEC-EIO-03")]
    public async Task Pings_of_a_client_that_fetches_no_pongs_fill_no_queue()
    {
        await using var host = await EngineHost.StartAsync(options => options.AllowEIO3 = true);
        var (client, session) = await host.OpenPollingAsync(revision: 3);
        await using var closing = client;
        var pings = string.Concat(Enumerable.Repeat("1:2", 9999));

        for (var i = 0; i < 10; i++) Assert.Equal("ok", (await client.PostAsync(pings)).Text);

        Assert.InRange(session.Inner.QueuedPackets, 1, 1000);
        Assert.Equal("3", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "SEC-HS-06")]
    public async Task Probes_of_a_client_that_reads_no_pongs_are_not_read_either()
    {
        await using var host = await EngineHost.StartAsync(options => options.UpgradeTimeout = TimeSpan.FromHours(1));
        var (client, _) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var probe = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        var probes = Enumerable.Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, "2probe"u8), 8000).SelectMany(bytes => bytes).ToArray();

        // Buffers of the system on either side take some megabytes.
        var written = 0L;
        while (written < 64_000_000)
        {
            var write = probe.Wire.WriteAsync(probes);
            if (await Task.WhenAny(write, Task.Delay(TimeSpan.FromSeconds(1))) != write) break;
            written += probes.Length;
        }

        Assert.True(written < 64_000_000, "All that was written was read.");
        TestContext.Current.TestOutputHelper?.WriteLine($"{written} bytes");
        probe.Reset();
        await client.SendAsync("4alive");
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task Announced_body_takes_no_memory_before_it_comes()
    {
        const int Clients = 100, Announced = 1_000_000;
        await using var host = await EngineHost.StartAsync();
        var open = new List<IAsyncDisposable>();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        for (var i = 0; i < Clients; i++)
        {
            var client = await PollingClient.OpenAsync(host.Address);
            var http = await RawHttp.ConnectAsync(host.Address);
            await http.SendHeadAsync("POST", client.Target, ("Content-Length", $"{Announced}"));
            open.AddRange([client, http]);
        }

        await host.BegunAsync("POST", Clients);
        var taken = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(taken < (long)Clients * Announced / 2, $"{taken} bytes");
        foreach (var one in open) await one.DisposeAsync();
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task Slow_post_ends_with_the_heartbeat()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var http = await RawHttp.ConnectAsync(host.Address);
        await http.SendHeadAsync("POST", client.Target, ("Transfer-Encoding", "chunked"));
        await host.BegunAsync("POST", 1);

        for (var i = 0; i < 46; i++)
        {
            if (session.Inner.State != EngineSessionState.Closed) await http.SendChunkAsync("4"u8.ToArray());
            host.Advance(TimeSpan.FromSeconds(1));
        }

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        await http.Wire.ReadToEndAsync();
        await host.AssertEmptyAsync();
    }

    [Fact]
    [Trait("Spec", "SEC-HS-06")]
    public async Task Upgrades_that_are_never_completed_do_not_suspend_the_heartbeat()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync();
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        var probes = new List<RawWebSocket>();

        for (var i = 0; i < 5 && session.Inner.State == EngineSessionState.Open; i++)
        {
            var probe = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
            probes.Add(probe);
            await probe.SendTextAsync("2probe");
            Assert.Equal("3probe", (await probe.ReceiveAsync()).Text);
            // Polls during the upgrade are answered, so that the client may stop polling.
            var poll = await host.PollAsync(client);
            host.Advance(TimeSpan.FromSeconds(10.1));
            Assert.Contains((await poll).Text, (string[])["6", "2"]);
        }

        await session.AssertClosedAsync(CloseReasons.PingTimeout);
        foreach (var probe in probes) Assert.True((await probe.ReceiveEndAsync()).IsEnd);
        foreach (var probe in probes) await probe.DisposeAsync();
        await host.AssertEmptyAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "SEC-HS-06")]
    public async Task Peer_that_does_not_answer_a_close_frame_is_cut_off(bool isProbe)
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(options => (options.PingInterval, options.UpgradeTimeout) = (TimeSpan.FromHours(1), TimeSpan.FromHours(1)));
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var webSocket = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        if (!isProbe)
        {
            await webSocket.SendTextAsync("5");
            await Deadline.UntilAsync(() => session.Inner.TransportName == "websocket", "the upgrade");
        }

        session.Inner.Close(discard: true);
        Assert.Equal(WebSocketOpcode.Close, (await webSocket.ReceiveEndAsync()).Opcode);
        host.Advance(TimeSpan.FromSeconds(31));

        await webSocket.Wire.ReadToEndAsync();
        await host.AssertEmptyAsync();
        Assert.Empty(host.Log.Errors);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-03")]
    public async Task Answers_leave_while_a_client_does_not_stop_sending()
    {
        await using var host = await EngineHost.StartAsync(onConnection: session => session.Handle = message =>
        {
            if (message.ToString() == "ask") return session.Inner.SendAsync(EngineFrame.Message("answer"));
            // Slower than the client.
            Thread.SpinWait(20_000);
            return default;
        });
        var (client, _) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var flood = Enumerable.Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, "4x"u8), 2000).SelectMany(bytes => bytes).ToArray();
        await client.WebSocket.Wire.WriteAsync(flood);
        await client.SendAsync("4ask");

        var answer = client.ReceiveTextAsync();
        var started = TimeProvider.System.GetTimestamp();
        while (!answer.IsCompleted && TimeProvider.System.GetElapsedTime(started) < Deadline.Default)
            await Task.WhenAny(client.WebSocket.Wire.WriteAsync(flood), answer);

        Assert.True(answer.IsCompleted, "No answer as long as the client was sending.");
        Assert.Equal("4answer", await answer);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-03")]
    public async Task Pong_allocates_nothing()
    {
        await using var host = await EngineHost.StartAsync();
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;
        var (thread, last) = (0, 0L);
        var allocations = new List<long>();
        session.Inner.Heartbeat += () =>
        {
            var now = GC.GetAllocatedBytesForCurrentThread();
            if (thread == Environment.CurrentManagedThreadId) allocations.Add(now - last);
            thread = Environment.CurrentManagedThreadId;
            last = GC.GetAllocatedBytesForCurrentThread();
        };
        var pongs = Enumerable.Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, "3"u8), 1000).SelectMany(bytes => bytes).ToArray();

        for (var i = 0; i < 10; i++) await client.WebSocket.Wire.WriteAsync(pongs);
        await client.SendAsync("4end");

        Assert.Equal("end", await session.NextMessageAsync());
        // But for the reads that had to wait.
        Assert.Equal(0, allocations.Order().ElementAt(allocations.Count / 2));
    }
}
