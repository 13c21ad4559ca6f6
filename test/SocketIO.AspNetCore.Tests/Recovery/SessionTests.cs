using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Recovery;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>When sessions are stored and who gets them back.</summary>
public sealed class SessionTests
{
    [Theory, Trait("Spec", "SIO-CSR-10"), Trait("Spec", "SRV-CSR-02")]
    [Trait("Spec", "SRV-DISC-01"), Trait("Spec", "SRV-DISC-02"), Trait("Spec", "SRV-DISC-03"), Trait("Spec", "SRV-DISC-04"), Trait("Spec", "SRV-DISC-05")]
    [Trait("Spec", "SRV-DISC-06"), Trait("Spec", "SRV-DISC-07"), Trait("Spec", "SRV-DISC-08"), Trait("Spec", "SRV-DISC-09")]
    [InlineData(DisconnectReasons.ServerNamespaceDisconnect, false)]
    [InlineData(DisconnectReasons.ClientNamespaceDisconnect, false)]
    [InlineData(DisconnectReasons.ServerShuttingDown, true)]
    [InlineData(DisconnectReasons.PingTimeout, true)]
    [InlineData(DisconnectReasons.TransportClose, true)]
    [InlineData(DisconnectReasons.TransportError, true)]
    [InlineData(DisconnectReasons.ParseError, false)]
    [InlineData(DisconnectReasons.ForcedClose, true)]
    [InlineData(DisconnectReasons.ForcedServerClose, true)]
    public async Task ASessionIsStoredWhenItsConnectionWasLost(string reason, bool isStored)
    {
        var trace = new Trace();
        await using var server = await RecoveryTests.StartAsync(
            io => io.OnConnection(socket => socket.OnDisconnected(info => trace.Add(info.Reason))),
            options: options => options.Adapter = ns => new SpyAdapter(ns),
            fakeTime: true);
        var adapter = (SpyAdapter)server.Io.Sockets.Adapter;
        if (reason == DisconnectReasons.TransportError)
        {
            await using var polling = await server.OpenPollingAsync();
            await polling.SendAsync("40");
            await polling.ReceiveAsync();
            _ = await polling.BeginGetAsync();
            await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Single().IsWritable, "the poll to wait");
            await polling.ResetGetAsync();
        }
        else if (reason == DisconnectReasons.ForcedServerClose)
        {
            // A transport that cannot close at once: polling without a waiting GET.
            await using var polling = await server.OpenPollingAsync();
            await polling.SendAsync("40");
            await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 1, "the socket");
            await polling.SendAsync("40");
        }
        else
        {
            var client = await new RecoveryClient(server).ConnectAsync();
            switch (reason)
            {
                case DisconnectReasons.ServerNamespaceDisconnect: await client.Socket.DisconnectAsync(); break;
                case DisconnectReasons.ClientNamespaceDisconnect: await client.Raw.SendAsync("41"); break;
                case DisconnectReasons.ServerShuttingDown: await server.Io.CloseAsync(); break;
                case DisconnectReasons.PingTimeout: await TimeOutAsync(); break;
                case DisconnectReasons.TransportClose: await client.Raw.WebSocket.SendCloseAsync(); break;
                case DisconnectReasons.ParseError: await client.Raw.SendAsync("x"); break;
                case DisconnectReasons.ForcedClose: client.Socket.Connection.Close(); break;
            }
        }

        await trace.UntilAsync(reason);
        Assert.Equal(isStored ? 1 : 0, adapter.Persisted.Count);
        if (adapter.Persisted.FirstOrDefault() is { } session) Assert.Equal([session.Id], session.Rooms);

        async Task TimeOutAsync()
        {
            server.Time.Advance(TimeSpan.FromSeconds(25));
            await Deadline.UntilAsync(() => trace.Lines.Count > 0 || Tick(), "the timeout");
        }

        // Until the ping is sent its deadline has not begun.
        bool Tick()
        {
            server.Time.Advance(TimeSpan.FromSeconds(1));
            return false;
        }
    }

    [Fact, Trait("Spec", "SRV-CSR-09"), Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:220")]
    public async Task NothingIsAskedOfTheAdapterWhereItIsOff()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => new SpyAdapter(ns));
        var adapter = (SpyAdapter)server.Io.Sockets.Adapter;
        var client = new RecoveryClient(server);
        await client.ConnectAsync();
        await client.CutAsync();
        await using var other = await server.OpenAsync();
        await other.SendAsync("40{\"pid\":\"foo\",\"offset\":\"bar\"}");
        Assert.Matches("^40{\"sid\":\"[^\"]{20}\"}$", await other.ReceiveAsync());
        Assert.Empty(adapter.Persisted);
        Assert.Empty(adapter.Restored);
    }

    [Fact, Trait("Spec", "SRV-ADP-10")]
    public async Task AnAdapterThatStoresNothingRecoversNothing()
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.Adapter = ns => new InMemoryAdapter(ns));
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.Socket.EmitAsync("e");
        Assert.Equal("42[\"e\"]", await client.ReceiveAsync());
        await client.CutAsync();
        await client.ConnectAsync();
        Assert.False(client.Recovered);
        Assert.Equal(RecoveryOutcome.SessionUnknown, client.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SRV-CSR-06"), Trait("Spec", "SRV-SOCK-15")]
    public async Task DirectEmitsGoThroughTheAdapterAndListenersHearThemOnce()
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.Adapter = ns => new SpyAdapter(ns));
        var client = await new RecoveryClient(server).ConnectAsync();
        var trace = new Trace();
        client.Socket.OnAnyOutgoing(arguments => trace.Add($"{arguments.Name} {arguments.Count}"));
        await client.Socket.EmitAsync("e", 1);
        Assert.Equal([client.Id], Assert.Single(((SpyAdapter)server.Io.Sockets.Adapter).Broadcasts).Rooms);
        await client.ReceiveAsync();
        await client.Socket.Volatile.EmitAsync("v");
        Assert.Equal(["e 1", "v 0"], trace.Lines);
    }

    [Theory, Trait("Spec", "SRV-CSR-08"), Trait("Spec", "SRV-LOG-08")]
    [InlineData(false), InlineData(true)]
    public async Task AnAdapterThatFailsMakesANewSession(bool failsLate)
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.Adapter = ns => new SpyAdapter(ns));
        var adapter = (SpyAdapter)server.Io.Sockets.Adapter;
        var session = new RecoverableSession("former", "pid", ["former", "room"], new Dictionary<string, object?> { ["x"] = 1 });
        adapter.Restore = () => failsLate
            ? new RestoreResult(RecoveryOutcome.Recovered, new BrokenSession(session))
            : throw new InvalidOperationException("restore");
        await using var client = await server.ConnectAsync(auth: "{\"pid\":\"pid\",\"offset\":\"o\"}");
        Assert.Equal(RecoveryOutcome.Failed, client.Socket.Recovery);
        Assert.False(client.Socket.Recovered);
        Assert.NotEqual("former", client.Id);
        Assert.Equal([client.Id], client.Socket.Rooms);
        Assert.Empty(client.Socket.Data);
        Assert.Equal([client.Id], adapter.Rooms);
        Assert.Single(server.Io.Sockets.Sockets);
        Assert.Contains(server.Log.Entries, entry => entry.Message == "error while restoring session");
        // Nobody holds the former session any more.
        adapter.Restore = () => new RestoreResult(RecoveryOutcome.SessionUnknown);
        await using var next = await server.ConnectAsync(auth: "{\"pid\":\"pid\",\"offset\":\"o\"}");
        Assert.Equal(RecoveryOutcome.SessionUnknown, next.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SRV-CSR-10")]
    public async Task EachNamespaceHasItsSessions()
    {
        await using var server = await RecoveryTests.StartAsync(io => io.Of("/b"));
        var first = await new RecoveryClient(server).ConnectAsync();
        await first.SyncAsync();
        await first.Raw.SendAsync("40/b,");
        string grant = await first.Raw.ReceiveTextAsync();
        string pid = grant.Split('"')[7];
        Assert.NotEqual(first.Pid, pid);
        await first.CutAsync();
        await server.Io.Of("/b").EmitAsync("missed");

        await first.ConnectAsync();
        Assert.True(first.Recovered);
        await first.Raw.SendAsync($"40/b,{{\"pid\":\"{first.Pid}\"}}");
        Assert.DoesNotContain(first.Pid!, await first.Raw.ReceiveTextAsync());
        await first.CutAsync();
        await first.ConnectAsync();
        await first.Raw.SendAsync($"40/b,{{\"pid\":\"{pid}\"}}");
        Assert.StartsWith("42/b,[\"missed\",", await first.Raw.ReceiveTextAsync());
        Assert.Equal(grant, await first.Raw.ReceiveTextAsync());
    }

    [Fact, Trait("Spec", "SRV-CSR-12")]
    public async Task ARecoveredSocketCanBeRecoveredAgain()
    {
        await using var server = await RecoveryTests.StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        string id = client.Id;
        await client.SyncAsync();
        for (int cycle = 0; cycle < 3; cycle++)
        {
            await client.CutAsync();
            await server.Io.EmitAsync($"missed {cycle}");
            await client.ConnectAsync();
            Assert.True(client.Recovered);
            Assert.Equal(id, client.Id);
            Assert.StartsWith($"42[\"missed {cycle}\"", Assert.Single(client.Missed));
        }
    }

    [Fact]
    public async Task TheSecretIsInNoLogAboveDebug()
    {
        await using var server = await TestServer.StartAsync(options: options => options.ConnectionStateRecovery = new(), debug: true);
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        await client.CutAsync();
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.Contains(server.Debug!.Lines, line => line.Contains($"connection state recovered for sid {client.Id}", StringComparison.Ordinal));
        Assert.Contains(server.Debug.Lines, line => line.Contains($"connection state recovery is enabled for sid {client.Id}", StringComparison.Ordinal));
        // Only those lines show it that show whole packets.
        Assert.All(
            server.Debug.Lines.Where(line => line.Contains(client.Pid!, StringComparison.Ordinal)),
            line => Assert.True(server.Debug.LevelOf(line) <= Microsoft.Extensions.Logging.LogLevel.Debug, line));
    }

    [Fact]
    public async Task ASessionIsStoredBeforeTheAdapterIsClosed()
    {
        await using var server = await RecoveryTests.StartAsync(options: options => options.Adapter = ns => new SpyAdapter(ns));
        var adapter = (SpyAdapter)server.Io.Sockets.Adapter;
        var storing = new TaskCompletionSource();
        adapter.Persist = () => new ValueTask(storing.Task);
        await new RecoveryClient(server).ConnectAsync();
        var closing = server.Io.CloseAsync().AsTask();
        await Deadline.UntilAsync(() => adapter.Persisted.Count == 1, "the storing");
        Assert.False(adapter.IsClosed);
        storing.SetResult();
        await closing;
        Assert.True(adapter.IsClosed);
    }

    private sealed class BrokenSession(RecoverableSession session) : RestoredSession(session)
    {
        public override ValueTask<IReadOnlyList<MissedPacket>> ReadMissedAsync(CancellationToken cancellationToken = default) =>
            throw new InvalidOperationException("read");

        public override ValueTask ReturnAsync() => throw new InvalidOperationException("return");
    }
}
