using System.Text.RegularExpressions;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>Connection state recovery as the reference does it.</summary>
public sealed partial class RecoveryTests
{
    internal static Task<TestServer> StartAsync(
        Action<SocketIOServer>? setUp = null, Action<ConnectionStateRecoveryOptions>? recovery = null, Action<SocketIOOptions>? options = null, bool fakeTime = false) =>
        TestServer.StartAsync(
            setUp,
            all =>
            {
                all.ConnectionStateRecovery = new();
                recovery?.Invoke(all.ConnectionStateRecovery);
                options?.Invoke(all);
            },
            fakeTime);

    [Fact, Trait("Spec", "SIO-CSR-01"), Trait("Spec", "SRV-OPT-06")]
    public async Task TheGrantHasASecondSecretId()
    {
        await using var server = await StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        Assert.Matches("^[A-Za-z0-9_-]{20}$", client.Pid!);
        Assert.NotEqual(client.Id, client.Pid);
        Assert.Equal(RecoveryOutcome.NotRequested, client.Socket.Recovery);
        Assert.False(client.Socket.Recovered);
    }

    [Fact, Trait("Spec", "SIO-CSR-01"), Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:198")]
    public async Task ItIsOffByDefault()
    {
        await using var server = await TestServer.StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        Assert.Null(client.Pid);
        await client.Socket.EmitAsync("hi");
        Assert.Equal("42[\"hi\"]", await client.ReceiveAsync());
    }

    [Fact, Trait("Spec", "SIO-CSR-02"), Trait("Spec", "SRV-ACK-08"), Trait("Spec", "SRV-EMIT-04"), Trait("Spec", "SRV-ADP-12")]
    public async Task EventsHaveAnOffsetUnlessTheyAreVolatileOrWantAnAcknowledgement()
    {
        await using var server = await StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.Socket.EmitAsync("direct", 1);
        Assert.Matches("^42\\[\"direct\",1,\"[A-Za-z0-9_.-]{7,}\"]$", await client.ReceiveAsync());
        await server.Io.EmitAsync("all");
        Assert.Matches("^42\\[\"all\",\"[A-Za-z0-9_.-]{7,}\"]$", await client.ReceiveAsync());
        await server.Io.To(client.Id).EmitAsync("room", new { A = 1 });
        Assert.Matches("^42\\[\"room\",{\"A\":1},\"[A-Za-z0-9_.-]{7,}\"]$", await client.ReceiveAsync());
        await client.Socket.Volatile.EmitAsync("volatile");
        Assert.Equal("42[\"volatile\"]", await client.ReceiveAsync());
        await server.Io.Volatile.EmitAsync("volatile all");
        Assert.Equal("42[\"volatile all\"]", await client.ReceiveAsync());
        var answer = client.Socket.EmitWithAckAsync<int>("ask");
        Assert.Equal("420[\"ask\"]", await client.ReceiveAsync());
        await client.Raw.SendAsync("430[7]");
        Assert.Equal(7, await answer);
    }

    [Fact, Trait("Spec", "SIO-CSR-02")]
    public async Task TheOffsetFollowsBinaryArguments()
    {
        await using var server = await StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.Socket.EmitAsync("bin", new byte[] { 1, 2 });
        Assert.Matches("^451-\\[\"bin\",{\"_placeholder\":true,\"num\":0},\"[^\"]+\"]$", await client.ReceiveAsync());
        Assert.Equal([1, 2], (await client.Raw.ReceiveAsync()).Data);
    }

    [Fact, Trait("Spec", "SIO-CSR-04")]
    public async Task OffsetsGrow()
    {
        await using var server = await StartAsync(fakeTime: true);
        var client = await new RecoveryClient(server).ConnectAsync();
        var offsets = new List<string>();
        for (int i = 0; i < 4; i++)
        {
            if (i == 3) server.Time.Advance(TimeSpan.FromMilliseconds(1));
            await client.Socket.EmitAsync("e");
            offsets.Add(Regex.Match(await client.ReceiveAsync(), "\"([^\"]+)\"]").Groups[1].Value);
        }

        Assert.Equal([$"{offsets[0]}.0", $"{offsets[0]}.1"], offsets[1..3]);
        Assert.DoesNotContain('.', offsets[0] + offsets[3]);
        Assert.Equal(1, Number(offsets[3]) - Number(offsets[0]));
        Assert.Equal(server.Time.GetUtcNow().ToUnixTimeMilliseconds(), Number(offsets[3]));

        static long Number(string text) => text.Aggregate(0L, (value, digit) =>
            (value * 64) + "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_".IndexOf(digit, StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Spec", "SIO-CSR-07"), Trait("Spec", "SIO-CSR-08"), Trait("Spec", "SIO-CSR-09"), Trait("Spec", "SRV-CSR-01"), Trait("Spec", "SRV-SCN-12")]
    [Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:39")]
    public async Task MissedPacketsComeBeforeTheGrant()
    {
        await using var server = await StartAsync(io => io.OnConnection(socket => socket.JoinAsync("room1")));
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        string id = client.Id;
        await client.CutAsync();

        await server.Io.EmitAsync("hello1");
        await server.Io.To("room1").EmitAsync("hello2");
        await server.Io.To(id).EmitAsync("hello3");
        await server.Io.To("other").EmitAsync("never");
        await server.Io.Except("room1").EmitAsync("never");
        await server.Io.Except("other").EmitAsync("hello4", new[] { "x" });
        await server.Io.Volatile.EmitAsync("never");
        await client.ConnectAsync();

        Assert.True(client.Recovered);
        Assert.Equal(id, client.Id);
        Assert.Equal(["hello1", "hello2", "hello3", "hello4"], client.Missed.Select(static packet => packet.Split('"')[1]));
        await server.Io.To("room1").EmitAsync("next");
        Assert.StartsWith("42[\"next\",", await client.ReceiveAsync());
    }

    [Fact]
    [Trait("Spec", "SRV-CSR-02"), Trait("Spec", "SRV-CSR-03"), Trait("Spec", "SRV-CSR-04"), Trait("Spec", "SRV-SOCK-01"), Trait("Spec", "SRV-SOCK-04"), Trait("Spec", "SRV-SOCK-07")]
    [Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:80")]
    public async Task ARecoveredSocketHasItsIdRoomsAndData()
    {
        var trace = new Trace();
        object value = new();
        await using var server = await StartAsync(io => io.OnConnection(socket =>
            trace.Add($"{socket.Id} {socket.Recovered} {socket.Recovery} {string.Join(',', socket.Rooms.Order())} {socket.Handshake.Auth.GetRawText().Length > 2}")));
        var client = await new RecoveryClient(server).ConnectAsync();
        string id = client.Id;
        await client.Socket.JoinAsync(["a", "b"]);
        client.Socket.Data["key"] = value;
        await client.SyncAsync();
        await client.CutAsync();
        await client.ConnectAsync();

        await trace.UntilAsync(2);
        Assert.Equal($"{id} False NotRequested {id} False", trace.Lines[0]);
        Assert.Equal($"{id} True Recovered {string.Join(',', new[] { id, "a", "b" }.Order())} True", trace.Lines[1]);
        Assert.Same(value, client.Socket.Data["key"]);
    }

    [Theory, Trait("Spec", "SRV-CSR-05")]
    [InlineData(true, 1), InlineData(false, 2)]
    [Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:116")]
    [Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:144")]
    public async Task MiddlewaresAreSkippedUnlessToldOtherwise(bool skip, int calls)
    {
        int count = 0;
        await using var server = await StartAsync(
            io => io.Use((_, next) =>
            {
                Interlocked.Increment(ref count);
                return next();
            }),
            recovery => recovery.SkipMiddlewares = skip);
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        await client.CutAsync();
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.Equal(calls, count);
    }

    [Fact, Trait("Spec", "SIO-CSR-07"), Trait("Spec", "SRV-ADP-13"), Trait("Behaviour", "socket.io/test/connection-state-recovery.ts:174")]
    public async Task AnUnknownSessionIsANewOne()
    {
        await using var server = await StartAsync();
        await using var raw = await server.OpenAsync();
        await raw.SendAsync("40{\"pid\":\"foo\",\"offset\":\"bar\"}");
        Assert.Matches("^40{\"sid\":\"[^\"]{20}\",\"pid\":\"[^\"]{20}\"}$", await raw.ReceiveAsync());
        Assert.Equal(RecoveryOutcome.SessionUnknown, Assert.Single(server.Io.Sockets.Sockets.Values).Recovery);
    }
}
