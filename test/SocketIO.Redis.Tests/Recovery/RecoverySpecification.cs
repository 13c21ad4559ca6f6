using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests.Recovery;

/// <summary>Sessions that outlive their server: what each adapter on Redis does that stores events.</summary>
public abstract partial class RecoverySpecification(SharedRedis redis) : IAsyncLifetime
{
    private readonly List<RecoveryServer> _servers = [];
    private ConnectionMultiplexer _redis = null!;

    protected string Prefix { get; } = SharedRedis.NextPrefix();

    protected string Address { get; private set; } = "";

    protected IDatabase Database => _redis.GetDatabase();

    protected abstract Func<ServerNamespace, IAdapter> Adapters(int maxLength);

    /// <summary>The key of the stream of the main namespace.</summary>
    protected abstract string StreamKey { get; }

    /// <summary>The beginning of the keys of sessions of the main namespace.</summary>
    protected virtual string SessionPrefix => Prefix + ":session:";

    public async ValueTask InitializeAsync()
    {
        Address = await StartStoreAsync();
        _redis = await ConnectionMultiplexer.ConnectAsync(Address);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var server in _servers) await server.DisposeAsync();
        await _redis.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    [Trait("Spec", "SIO-CSR-07"), Trait("Spec", "SIO-CSR-08"), Trait("Spec", "SIO-CSR-09"), Trait("Spec", "SRV-CSR-01"), Trait("Spec", "SRV-CSR-02"), Trait("Spec", "SRV-CSR-03")]
    public async Task AClientThatMovesToAnotherServerGetsWhatItMissedBeforeItsGrant()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.Socket.JoinAsync("room1");
        client.Socket.Data["user"] = "bob";
        await client.SyncAsync();
        var (id, pid) = (client.Id, client.Pid);
        await CutAsync(client);

        await a.Io.To("room1").EmitAsync("m1", 1);
        await b.Io.To("room1").EmitAsync("m2", 2);
        await a.Io.Except("room1").EmitAsync("never");
        await a.Io.Volatile.EmitAsync("never");
        await b.Io.To("other").EmitAsync("never");
        await b.Io.EmitAsync("m3", new byte[] { 9 });
        await b.Io.To(id).EmitAsync("m4");
        await a.Io.Of("/other").EmitAsync("never");
        await client.ConnectAsync(b);

        Assert.True(client.Recovered, client.Socket.Recovery.ToString());
        Assert.Equal((id, pid), (client.Id, client.Pid));
        Assert.Equal(["m1", "m2", "m3", "09", "m4"], client.Missed.Select(packet => packet.Contains('"', StringComparison.Ordinal) ? packet.Split('"')[1] : packet));
        Assert.Equal(new[] { id, "room1" }.Order(), client.Socket.Rooms.Order());
        Assert.Equal("bob", client.Socket.Data["user"]);
        await a.Io.To("room1").EmitAsync("next");
        Assert.StartsWith("42[\"next\",", await client.ReceiveAsync());
    }

    [Fact, Trait("Spec", "SEC-APP-02"), Trait("Spec", "SIO-CSR-07")]
    public async Task ASessionIsUsedOnce()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        var (pid, offset) = (client.Pid, client.Offset);
        await CutAsync(client);
        await using var thief = await new MovingClient { Pid = pid, Offset = offset }.ConnectAsync(b);
        Assert.True(thief.Recovered);
        await client.ConnectAsync(a);
        Assert.Equal(RecoveryOutcome.SessionUnknown, client.Socket.Recovery);
        Assert.NotEqual(thief.Id, client.Id);
    }

    [Theory, Trait("Spec", "SEC-APP-02")]
    [InlineData("9999999999999-0"), InlineData("$"), InlineData("+"), InlineData("nonsense")]
    public async Task AForgedOffsetIsANewSession(string offset)
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        client.Offset = offset;
        await client.ConnectAsync(b);
        Assert.Equal(RecoveryOutcome.OffsetExpired, client.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SEC-APP-02")]
    public async Task ASessionIsOfItsNamespace()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        b.Io.Of("/admin");
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        await using var thief = await new MovingClient("/admin") { Pid = client.Pid, Offset = client.Offset }.ConnectAsync(b);
        Assert.Equal(RecoveryOutcome.SessionUnknown, thief.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SRV-CSR-07")]
    public async Task AfterItsTimeASessionIsGone()
    {
        static void Configure(SocketIOOptions options) => options.ConnectionStateRecovery!.MaxDisconnectionDuration = TimeSpan.FromMinutes(1);
        var (a, b) = (await StartAsync(configure: Configure), await StartAsync(configure: Configure));
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        var key = SessionPrefix + client.Pid;
        Assert.InRange((await Database.KeyTimeToLiveAsync(key)).GetValueOrDefault(), TimeSpan.FromSeconds(30), TimeSpan.FromMinutes(1));
        await Database.KeyExpireAsync(key, TimeSpan.FromMilliseconds(1));
        await Deadline.UntilAsync(() => !Database.KeyExists(key), "the end of the session");
        await client.ConnectAsync(b);
        Assert.Equal(RecoveryOutcome.SessionUnknown, client.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SIO-CSR-07")]
    public async Task WhoMissedMoreThanIsStoredGetsANewSession()
    {
        var (a, b) = (await StartAsync(10), await StartAsync(10));
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        for (int i = 0; i < 500; i++) await b.Io.EmitAsync("e", i);
        await client.ConnectAsync(b);
        Assert.Equal(RecoveryOutcome.OffsetExpired, client.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SIO-CSR-07")]
    public async Task WhoHeardNothingForLongHasMissedNothing()
    {
        var (a, b) = (await StartAsync(10), await StartAsync(10));
        await using var quiet = await new MovingClient().ConnectAsync(a);
        await using var silent = await new MovingClient().ConnectAsync(a);
        await quiet.SyncAsync();
        for (int i = 0; i < 500; i++) await b.Io.To("busy").EmitAsync("e", i);
        await Deadline.UntilAsync(() => StreamOffsetsAreEven(a, b), "server A");
        await CutAsync(quiet);
        await CutAsync(silent);
        await b.Io.EmitAsync("missed");
        await quiet.ConnectAsync(b);
        // It never got an event, and so has no offset.
        Assert.Null(silent.Offset);
        await silent.ConnectAsync(b);
        foreach (var client in (MovingClient[])[quiet, silent])
        {
            Assert.Equal(RecoveryOutcome.Recovered, client.Socket.Recovery);
            Assert.StartsWith("42[\"missed\",", Assert.Single(client.Missed));
        }
    }

    [Fact, Trait("Spec", "SRV-CSR-05")]
    public async Task ASessionIsNotLostWithAClientThatAMiddlewareDidNotLetIn()
    {
        static void Configure(SocketIOOptions options) => options.ConnectionStateRecovery!.SkipMiddlewares = false;
        var (a, b) = (await StartAsync(configure: Configure), await StartAsync(configure: Configure));
        bool isClosed = true;
        b.Io.Use((_, next) => isClosed ? throw new ConnectionRefusedException("closed") : next());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        await using (var refused = await SocketClient.OpenAsync(b.Address, "/socket.io/"))
        {
            await refused.SendAsync($"40{{\"pid\":\"{client.Pid}\",\"offset\":\"{client.Offset}\"}}");
            Assert.StartsWith("44", await refused.ReceiveTextAsync());
        }

        await Deadline.UntilAsync(() => Database.KeyTimeToLive(SessionPrefix + client.Pid) is { } left && left < TimeSpan.FromMinutes(2), "the session");
        isClosed = false;
        await client.ConnectAsync(b);
        Assert.True(client.Recovered);
    }

    [Fact, Trait("Spec", "SRV-CSR-01")]
    public async Task AServerThatClosesLeavesItsSessionsToTheOthers()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        _servers.Remove(a);
        await a.DisposeAsync();
        await b.Io.EmitAsync("missed");
        await client.ConnectAsync(b);
        Assert.True(client.Recovered, client.Socket.Recovery.ToString());
        Assert.StartsWith("42[\"missed\",", Assert.Single(client.Missed));
    }

    /// <summary>Starts what is tested against.</summary>
    /// <returns>Its connection string.</returns>
    protected virtual Task<string> StartStoreAsync() => Task.FromResult(redis.Address);

    protected async Task<RecoveryServer> StartAsync(int maxLength = 10_000, Action<SocketIOOptions>? configure = null)
    {
        var server = await RecoveryServer.StartAsync(Adapters(maxLength), _servers.Count + 1, configure);
        _servers.Add(server);
        return server;
    }

    /// <summary>Cuts the client's connection and waits until its session is stored.</summary>
    protected async Task CutAsync(MovingClient client)
    {
        client.Cut();
        await Deadline.UntilAsync(() => Database.KeyExists(SessionPrefix + client.Pid), "the session");
    }

    private static bool StreamOffsetsAreEven(RecoveryServer a, RecoveryServer b) => a.Io.Sockets.Adapter.LastOffset == b.Io.Sockets.Adapter.LastOffset;
}
