using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>What the documentation promises for servers and networks that go away and come back.</summary>
public abstract class OutageTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Theory, Trait("Spec", "CLI-SCN-02"), Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-EMIT-03")]
    [InlineData("polling")]
    [InlineData("websocket")]
    [InlineData("polling,websocket")]
    public async Task AServerThatIsRestartedGetsWhatWasEmittedMeanwhile(string transports)
    {
        var peer = await OwnPeerAsync();
        var socket = await ConnectAsync(configure: options => options.Transports = transports.Split(','), address: peer.Address);
        var (trace, echo) = (socket.Watch(), socket.Watch<int>("echo"));
        for (int restart = 1; restart <= 2; restart++)
        {
            await peer.StopAsync();
            await Deadline.UntilAsync(() => !socket.Connected, "the client to notice");
            for (int i = 0; i < 20; i++) socket.Emit("echo", (restart * 100) + i);
            await peer.StartAgainAsync();
            await trace.UntilAsync("connect", restart);
            await echo.UntilAsync(20 * restart);
        }

        int[] expected = [.. Enumerable.Range(100, 20), .. Enumerable.Range(200, 20)];
        Assert.Equal(expected.Select(number => $"{number}"), echo.Lines);
    }

    [Fact, Trait("Spec", "CLI-SCN-02"), Trait("Spec", "CLI-CLS-03")]
    public async Task NothingArrivesTwiceOrOutOfOrder()
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(address: proxy.Address);
        var (trace, echo) = (socket.Watch(), socket.Watch<int>("echo"));
        for (int i = 0; i < 2000; i++)
        {
            socket.Emit("echo", i);
            if (i % 500 == 250) proxy.Cut(reset: i % 1000 == 250);
            if (i % 50 == 0) await Task.Delay(1);
        }

        // What is sent before the last cut is noticed is lost.
        while (!await ReachesAsync("end"))
        {
        }

        int[] numbers = [.. echo.Lines.Select(int.Parse)];
        Assert.Equal(numbers.Order().Distinct(), numbers);
        Assert.Contains(trace.Lines, line => line.StartsWith("disconnect", StringComparison.Ordinal));

        async Task<bool> ReachesAsync(string text)
        {
            try
            {
                return await socket.EmitWithAckAsync<string>("echo", text).WithDeadline(text) == text;
            }
            catch (SocketDisconnectedException)
            {
                return false;
            }
        }
    }

    [Fact, Trait("Spec", "CLI-SCN-04"), Trait("Spec", "CLI-REC-05")]
    public async Task AQueryThatIsChangedForAnAttemptIsTheNewSessions()
    {
        var socket = await ConnectAsync(configure: options => options.Query["attempt"] = "0");
        socket.Manager.OnReconnectAttempt(number => socket.Manager.Options.Query["attempt"] = $"{number}");
        Assert.Equal("0", await AttemptAsync());
        var trace = socket.Watch();
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        Assert.Equal("1", await AttemptAsync());

        async Task<string?> AttemptAsync() =>
            (await socket.EmitWithAckAsync<System.Text.Json.JsonElement>("handshake").WithDeadline()).GetProperty("query").GetProperty("attempt").GetString();
    }

    [Fact, Trait("Spec", "CLI-SCN-06"), Trait("Spec", "CLI-MGR-03")]
    public async Task AnApplicationCanReconnectByHand()
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(configure: options => options.Reconnection = false, address: proxy.Address);
        var trace = socket.Watch(socket.Manager.Watch());
        proxy.Refuse();
        proxy.Cut();
        await Deadline.UntilAsync(() => !socket.Connected, "the client to notice");
        for (int attempt = 1; ; attempt++)
        {
            if (attempt == 3) proxy.Accept();
            try
            {
                await socket.Manager.OpenAsync().WithDeadline();
                break;
            }
            catch (SocketConnectException error) when (attempt < 3)
            {
                Assert.Equal(ConnectErrorKind.Transport, error.Kind);
            }
        }

        await trace.UntilAsync("connect");
        Assert.Equal(2, trace.CountOf("connect_error: xhr poll error"));
        Assert.DoesNotContain(trace.Lines, line => line.StartsWith("reconnect", StringComparison.Ordinal));
    }

    [Fact, Trait("Spec", "CLI-SCN-08"), Trait("Spec", "CLI-ACK-09")]
    public async Task VolatileEventsOfAnOutageAreNeverSent()
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(address: proxy.Address);
        var echo = socket.Watch<string>("echo");
        await Deadline.UntilAsync(() => socket.Manager.Engine!.IsWritable, "the transport to be idle");
        socket.Volatile.Emit("echo", "before");
        await echo.UntilAsync("before");
        proxy.Refuse();
        proxy.Cut();
        await Deadline.UntilAsync(() => !socket.Connected, "the client to notice");
        for (int i = 0; i < 20; i++) socket.Volatile.Emit("echo", "during");
        await Assert.ThrowsAsync<AckTimeoutException>(() => socket.Volatile.Timeout(TimeSpan.FromMilliseconds(20)).EmitWithAckAsync<string>("echo", "during").WithDeadline());
        Assert.Equal(0, socket.BufferedEvents);
        proxy.Accept();
        socket.Emit("echo", "after");
        await echo.UntilAsync("after");
        Assert.Equal(["before", "after"], echo.Lines);
    }

    [Theory, Trait("Spec", "CLI-SCN-09"), Trait("Spec", "CLI-RETRY-09")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task WithRetriesEverythingIsStoredOnceAndInOrder(string transport)
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(
            configure: options => options.Transports = [transport],
            options: new ClientSocketOptions { Retries = 100, AckTimeout = TimeSpan.FromMilliseconds(500) },
            address: proxy.Address);
        string key = Guid.NewGuid().ToString();
        var answers = Enumerable.Range(0, 200).Select(i => socket.EmitArgumentsWithAckAsync("store once", [key, i])).ToArray();
        for (int cut = 1; cut <= 3; cut++)
        {
            await answers[(cut * 50) - 1].WithDeadline();
            proxy.Cut(reset: cut % 2 == 0);
        }

        foreach (var answer in answers) await answer.WithDeadline();
        Assert.Equal(Enumerable.Range(0, 200), await Peer.StoredAsync(key));
    }

    [Theory, Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-DISC-03"), Trait("Spec", "CLI-HB-04"), Trait("Spec", "CLI-HB-05")]
    [InlineData("polling", FaultyDirection.Both)]
    [InlineData("websocket", FaultyDirection.Both)]
    [InlineData("polling,websocket", FaultyDirection.ToClient)]
    public async Task ADeadCableIsNoticedAndLeft(string transports, FaultyDirection direction)
    {
        var peer = await SharedPeerAsync(new() { PingInterval = 300, PingTimeout = 200 });
        var proxy = NewProxy(peer);
        var socket = await ConnectAsync(configure: options => options.Transports = transports.Split(','), address: proxy.Address);
        await Deadline.UntilAsync(() => socket.Manager.Engine!.TransportName == transports.Split(',')[^1], "the upgrade");
        var trace = socket.Watch();
        proxy.Stall(direction);
        await trace.UntilAsync("connect");
        Assert.Equal(["disconnect: ping timeout", "connect"], trace.Lines);
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
    }

    public sealed class OnNode(PeerPool pool) : OutageTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : OutageTests(PeerKind.DotNet, pool);
}
