using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>The manager and its sockets.</summary>
public sealed class ManagerTests
{
    [Fact, Trait("Spec", "CLI-MGR-01"), Trait("Spec", "CLI-MGR-05"), Trait("Spec", "CLI-OPT-10"), Trait("Spec", "CLI-API-06")]
    public async Task ItOpensOnceAndOnDemand()
    {
        await using var server = await Server.StartAsync();
        await using var manager = new SocketManager(server.Address);
        Assert.Equal(SocketManagerState.Closed, manager.State);
        Assert.Null(manager.Engine);
        var opening = manager.OpenAsync();
        var engine = manager.Engine;
        manager.Open();
        await Task.WhenAll(opening, manager.OpenAsync()).WithDeadline();
        Assert.Same(engine, manager.Engine);
        Assert.Equal(SocketManagerState.Open, manager.State);
        Assert.Equal(server.Io.Engine.Sessions.Single().Id, engine!.Id);
        manager.Disconnect();
        Assert.Equal(SocketManagerState.Closed, manager.State);
        await manager.OpenAsync().WithDeadline();
        Assert.NotSame(engine, manager.Engine);
    }

    [Fact, Trait("Spec", "CLI-OPT-10")]
    public async Task ItMayOpenByItself()
    {
        await using var server = await Server.StartAsync();
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { AutoConnect = true });
        var socket = manager.Socket();
        Assert.True(socket.Active);
        await socket.ConnectAsync().WithDeadline();
        socket.Disconnect();
        Assert.Same(socket, manager.Socket());
        await Deadline.UntilAsync(() => socket.Connected, "the socket to be connected again");
    }

    [Fact, Trait("Spec", "CLI-MGR-03"), Trait("Spec", "CLI-SCN-06"), Trait("Spec", "CLI-ERR-08"), Trait("Spec", "CLI-OPT-11")]
    public async Task AnApplicationMayReconnectByItself()
    {
        int port = Ports.Free();
        await using var manager = new SocketManager(new Uri($"http://127.0.0.1:{port}"), new SocketManagerOptions { Reconnection = false });
        var trace = new Trace();
        manager.OnReconnectAttempt(_ => trace.Add("attempt"));
        for (int i = 0; i < 2; i++) await Assert.ThrowsAsync<SocketConnectException>(() => manager.OpenAsync().WithDeadline());
        await using var server = await Server.StartAsync(port: port);
        await manager.OpenAsync().WithDeadline();
        Assert.Empty(trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-MUX-05"), Trait("Spec", "CLI-OPT-02")]
    public async Task TheFirstOptionsHoldForTheConnection()
    {
        await using var factory = new SocketIOClientFactory();
        var first = factory.Socket("http://h");
        var second = factory.Socket("http://h/b", new SocketManagerOptions { Reconnection = false, Socket = new ClientSocketOptions { Auth = "b" } });
        Assert.Same(first.Manager, second.Manager);
        Assert.True(second.Manager.Options.Reconnection);
        Assert.Equal("b", second.Auth);
    }

    [Fact, Trait("Spec", "CLI-MUX-06")]
    public async Task ANamespaceHasOneSocket()
    {
        await using var manager = new SocketManager(new Uri("http://h"));
        Assert.Same(manager.Socket("/a"), manager.Socket("/a"));
        Assert.NotSame(manager.Socket("/a"), manager.Socket("/a/"));
        Assert.Throws<ArgumentException>(() => manager.Socket("a"));
        Assert.Throws<ArgumentException>(() => manager.Socket("/a,b"));
        Assert.Throws<ArgumentException>(() => manager.Socket("/r", new ClientSocketOptions { Retries = -1 }));
    }

    [Theory]
    [InlineData("ConnectTimeout"), InlineData("ReconnectionAttempts"), InlineData("RandomizationFactor"), InlineData("MaxQueuedEvents"), InlineData("MaxQueuedEventBytes"), InlineData("Retries")]
    [InlineData("AckTimeout")]
    public void OptionsThatCannotBeAreNamed(string name)
    {
        var options = new SocketManagerOptions();
        switch (name)
        {
            case "ConnectTimeout": options.ConnectTimeout = TimeSpan.FromSeconds(-1); break;
            case "ReconnectionAttempts": options.ReconnectionAttempts = -1; break;
            case "RandomizationFactor": options.RandomizationFactor = double.NaN; break;
            case "MaxQueuedEvents": options.MaxQueuedEvents = 0; break;
            case "MaxQueuedEventBytes": options.MaxQueuedEventBytes = 0; break;
            case "Retries": options.Socket.Retries = -1; break;
            case "AckTimeout": options.Socket.AckTimeout = TimeSpan.FromSeconds(-1); break;
        }

        Assert.Contains($".{name} ", Assert.Throws<ArgumentException>(() => new SocketManager(new Uri("http://h"), options)).Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "CLI-HB-02"), Trait("Spec", "CLI-HB-03"), Trait("Spec", "CLI-MGR-02")]
    public async Task PingsAndPacketsCanBeSeen()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        manager.OnPing(() => trace.Add("ping"));
        manager.OnPacket(packet => trace.Add($"{packet.Type} {packet.Namespace} {packet.Data}"));
        await manager.Socket().ConnectAsync().WithDeadline();
        await server.SendAsync("2");
        await server.SendAsync("42/other,[\"e\"]");
        await server.UntilAsync("3");
        await trace.UntilAsync(3);
        Assert.Equal(["Connect / {\"sid\":\"s1\"}", "ping", "Event /other [\"e\"]"], trace.Lines);
        Assert.Equal(["40", "3"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-REC-09"), Trait("Spec", "CLI-REC-12")]
    public async Task EachOutageStartsAtTheFirstDelay()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        manager.OnReconnect(n => trace.Add($"{n}"));
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        for (int outage = 1; outage <= 3; outage++)
        {
            server.Cut();
            await trace.UntilAsync(outage);
            socket.Connect();
            await Deadline.UntilAsync(() => socket.Connected, "the socket");
        }

        Assert.Equal(["1", "1", "1"], trace.Lines);
        Assert.Equal(["40", "40", "40", "40"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-REC-11"), Trait("Spec", "CLI-LIFE-09")]
    public async Task OneSocketThatLeavesDoesNotEndTheSeries()
    {
        int port = Ports.Free();
        await using var manager = new SocketManager(new Uri($"http://127.0.0.1:{port}"), new SocketManagerOptions { ReconnectionDelay = TimeSpan.FromMilliseconds(20) });
        var main = manager.Socket();
        var other = manager.Socket("/b");
        var failures = new Trace();
        main.OnConnectError(_ => failures.Add("main"));
        main.Connect();
        other.Connect();
        await failures.UntilAsync(1);
        other.Disconnect();
        await using var server = await Server.StartAsync(io => io.Of("/b"), port: port);
        await main.ConnectAsync().WithDeadline();
        Assert.False(other.Active);
        await other.ConnectAsync().WithDeadline();
    }

    [Fact, Trait("Spec", "CLI-LIFE-10"), Trait("Spec", "CLI-DISC-01"), Trait("Spec", "CLI-REC-14"), Trait("Spec", "CLI-DISC-08"), Trait("Spec", "CLI-ACK-03")]
    public async Task ASocketThatTheServerDisconnectedConnectsWhenTheApplicationSaysSo()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = manager.Socket();
        socket.OnDisconnected(async info =>
        {
            trace.Add($"{info.Reason} {socket.Active} {socket.Connected} {socket.Id is null}");
            await socket.ConnectAsync();
            trace.Add("again");
        });
        await socket.ConnectAsync().WithDeadline();
        var answer = socket.EmitWithAckAsync<int>("e");
        await server.UntilAsync("420[\"e\"]");
        await server.SendAsync("41");
        await trace.UntilAsync("again");
        Assert.Equal("io server disconnect False False True", trace.Lines[0]);
        Assert.Equal("io server disconnect", (await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.WithDeadline())).Reason);
    }

    [Fact, Trait("Spec", "CLI-ENV-07")]
    public void TheProtocolHasARevision() => Assert.Equal(5, SocketIOClient.Protocol);
}
