using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class DisconnectTests
{
    [Fact, Trait("Spec", "SRV-SOCK-11"), Trait("Spec", "SRV-DISC-01"), Trait("Spec", "SIO-CONN-10")]
    public async Task DisconnectLeavesTheConnectionAndItsOtherSockets()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/b");
        await client.Socket.DisconnectAsync();
        await client.Socket.DisconnectAsync();
        await client.ExpectAsync("41/b,");
        Assert.Equal(["/b server namespace disconnect"], trace.Lines);
        await server.Io.EmitAsync("still here");
        await client.ExpectAsync("42[\"still here\"]");
        await client.JoinAsync("/b");
    }

    [Fact, Trait("Spec", "SRV-SOCK-11"), Trait("Spec", "SRV-DISC-01")]
    [Trait("Behaviour", "socket.io/test/socket.ts:1098")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:141")]
    public async Task DisconnectWithCloseEndsAllSocketsAndTheConnection()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/b");
        await client.Socket.DisconnectAsync(close: true);
        await client.ExpectAsync("41", "41/b,");
        await client.ReceiveEndAsync();
        Assert.Equal(["/ server namespace disconnect", "/b server namespace disconnect"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-SOCK-11")]
    public async Task DisconnectWithinTheConnectionHandlerTakesEffectAtOnce()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(async socket =>
        {
            socket.OnDisconnected(info => trace.Add(info.Reason));
            await socket.DisconnectAsync();
            trace.Add($"connected={socket.Connected}");
        }));
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await client.ExpectAsync("41");
        Assert.Equal(["server namespace disconnect", "connected=False"], trace.Lines);
        Assert.Empty(server.Io.Sockets.Sockets);
    }

    [Fact, Trait("Spec", "SRV-DISC-02"), Trait("Spec", "SIO-CONN-09"), Trait("Spec", "SIO-CONN-11")]
    public async Task AClientMayLeaveOneNamespaceAndComeBack()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync("/b");
        string first = await client.JoinAsync();
        await client.SendAsync("41/b,");
        await trace.UntilAsync(1);
        Assert.Equal(["/b client namespace disconnect"], trace.Lines);
        await server.Io.EmitAsync("still here");
        await client.ExpectAsync("42[\"still here\"]");
        await client.SendAsync("41");
        await trace.UntilAsync(2);
        Assert.NotEqual(first, await client.JoinAsync());
    }

    [Fact, Trait("Spec", "SRV-DISC-04")]
    public async Task APingThatIsNotAnswered()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace, fakeTime: true);
        await using var client = await server.ConnectAsync();
        await AdvanceAsync(server, TimeSpan.FromSeconds(25));
        Assert.Equal("2", (await client.Raw.WebSocket.ReceiveAsync()).Text);
        await AdvanceAsync(server, TimeSpan.FromSeconds(20));
        await trace.UntilAsync(1);
        Assert.Equal(["/ ping timeout"], trace.Lines);

        // The wheel's tick follows the deadline.
        static async Task AdvanceAsync(TestServer server, TimeSpan time)
        {
            server.Time.Advance(time);
            for (int i = 0; i < 5; i++)
            {
                await Task.Yield();
                server.Time.Advance(TimeSpan.FromMilliseconds(50));
            }
        }
    }

    [Fact, Trait("Spec", "SRV-DISC-05")]
    public async Task AClosePacketOrALostConnection()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        await polling.SendAsync("1");
        await trace.UntilAsync(1);
        await using var client = await server.ConnectAsync();
        await client.Raw.WebSocket.SendCloseAsync(1000);
        await trace.UntilAsync(2);
        Assert.Equal(["/ transport close", "/ transport close"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-DISC-07")]
    public async Task AMalformedEnginePacket()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync();
        await client.SendAsync("abc");
        await trace.UntilAsync(1);
        Assert.Equal(["/ parse error"], trace.Lines);
    }

    [Theory, Trait("Spec", "SRV-DISC-08"), Trait("Spec", "SRV-SOCK-10")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task AConnectionThatTheApplicationCloses(bool discard)
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync();
        client.Socket.Connection.Close(discard);
        await client.ReceiveEndAsync();
        await trace.UntilAsync(1);
        Assert.Equal(["/ forced close"], trace.Lines);
    }

    [Theory, Trait("Spec", "SIO-DEC-21"), Trait("Spec", "SIO-DEC-22"), Trait("Spec", "SIO-CONN-06"), Trait("Spec", "SEC-SIO-05")]
    [InlineData("44{\"message\":\"x\"}")]
    [InlineData("42/b,[\"a\"]")]
    [InlineData("42/unknown,[\"a\"]")]
    [InlineData("41/b,")]
    [InlineData("43/b,1[]")]
    [Trait("Behaviour", "socket.io/test/socket.ts:821")]
    public async Task WhatDoesNotFitTheStateClosesTheConnection(string packet)
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace);
        await using var client = await server.ConnectAsync();
        await client.SendAsync(packet);
        await client.ReceiveEndAsync();
        await trace.UntilAsync(1);
        Assert.Equal(["/ forced close"], trace.Lines);
    }

    [Fact, Trait("Spec", "SIO-CONN-08"), Trait("Behaviour", "socket.io/test/close.ts:132")]
    public async Task OnPollingAnEventWithoutANamespaceEndsTheSessionInOrder()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("42[\"some event\"]");
        Assert.Equal("6", await client.ReceiveAsync());
        Assert.Equal("1", await client.ReceiveAsync());
        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "the end of the session");
    }

    private static Task<TestServer> StartAsync(Trace trace, bool fakeTime = false) => TestServer.StartAsync(
        io =>
        {
            foreach (string name in (string[])["/", "/b"])
                io.Of(name).OnConnection(socket => socket.OnDisconnected(info => trace.Add($"{name} {info.Reason}")));
        },
        fakeTime: fakeTime);
}
