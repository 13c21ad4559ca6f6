namespace SocketIO.AspNetCore.Tests;

public sealed class V2ClientTests
{
    [Fact, Trait("Spec", "SIO4-01"), Trait("Spec", "SIO4-03")]
    [Trait("Spec", "SIO4-12"), Trait("Behaviour", "socket.io/test/v2-compatibility.ts:7")]
    public async Task JoinTheMainNamespaceByThemselves()
    {
        await using var server = await StartAsync(io => io.OnConnection(socket => socket.EmitAsync("id", socket.Id)));
        await using var polling = await server.OpenPollingAsync(revision: 3);
        Assert.Equal("40", await polling.ReceiveAsync());
        Assert.Equal($"42[\"id\",\"{polling.Sid}\"]", await polling.ReceiveAsync());

        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("40", $"42[\"id\",\"{client.Raw.Sid}\"]");
    }

    [Fact, Trait("Spec", "SIO4-02"), Trait("Spec", "SIO4-03")]
    [Trait("Behaviour", "socket.io/test/v2-compatibility.ts:26")]
    public async Task SendAQueryInPlaceOfAuth()
    {
        await using var server = await StartAsync(io => io.Of("/admin").OnConnection(socket => socket.EmitAsync("you", socket.Id, socket.Handshake.Auth)));
        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("40");
        await client.SendAsync("40/admin?token=abc&a=x%20y+z&a=2,");
        await client.ExpectAsync("40/admin,", $"42/admin,[\"you\",\"/admin#{client.Raw.Sid}\",{{\"token\":\"abc\",\"a\":\"2\"}}]");
    }

    [Fact, Trait("Spec", "SIO4-04"), Trait("Spec", "SIO4-07")]
    public async Task AreRefusedWithTheDataOrTheMessage()
    {
        await using var server = await StartAsync(io =>
        {
            io.Use((_, _) => throw new ConnectionRefusedException("main"));
            io.Of("/data").Use((_, _) => throw new ConnectionRefusedException("no", new { a = 1 }));
            io.Of("/text").Use((_, _) => throw new ConnectionRefusedException("nope"));
            io.Of("/ok");
        });
        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("44\"main\"");
        await client.SendAsync("40/data,");
        await client.ExpectAsync("44/data,{\"a\":1}");
        await client.SendAsync("40/text,");
        await client.ExpectAsync("44/text,\"nope\"");
        await client.SendAsync("40/unknown,");
        await client.ExpectAsync("44/unknown,{\"message\":\"Invalid namespace\"}");
        await client.SendAsync("40/ok,");
        await client.ExpectAsync("40/ok,");
    }

    [Fact, Trait("Spec", "SIO4-06")]
    public async Task ExchangeEventsAcksAndBytesAsOthersDo()
    {
        await using var server = await StartAsync(io => io.OnConnection(socket => socket.On<string, byte[], Ack>("echo", async (text, bytes, ack) =>
        {
            await socket.EmitAsync("echo", text, bytes);
            await ack.SendAsync(text);
        })));
        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("40");
        await client.SendAsync("451-7[\"echo\",\"a\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync([4, 1, 2]);
        await client.ExpectAsync("451-[\"echo\",\"a\",{\"_placeholder\":true,\"num\":0}]");
        Assert.Equal([4, 1, 2], await client.ReceiveBinaryAsync());
        await client.ExpectAsync("437[\"a\"]");
    }

    [Fact, Trait("Spec", "SIO4-05")]
    public async Task AreNotRecovered()
    {
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.EmitAsync("recovered", socket.Recovered)),
            options => (options.AllowEIO3, options.ConnectionStateRecovery) = (true, new()));
        string sid;
        await using (var client = await server.OpenAsync(revision: 3))
        {
            await client.ExpectAsync("40");
            Assert.StartsWith("42[\"recovered\",false", await client.ReceiveAsync());
            sid = client.Raw.Sid;
        }

        await using var again = await server.OpenAsync(revision: 3);
        await again.ExpectAsync("40");
        Assert.StartsWith("42[\"recovered\",false", await again.ReceiveAsync());
        Assert.NotEqual(sid, again.Raw.Sid);
    }

    [Fact, Trait("Spec", "SIO4-03"), Trait("Spec", "SIO-CONN-11")]
    public async Task MayLeaveAndComeBackUnderTheSameId()
    {
        await using var server = await StartAsync(_ => { });
        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("40");
        await client.SendAsync("41");
        await client.SendAsync("40");
        await client.ExpectAsync("40");
        await server.Io.To(client.Raw.Sid).EmitAsync("e");
        await client.ExpectAsync("42[\"e\"]");
        Assert.Single(server.Io.Sockets.Sockets);
    }

    private static Task<TestServer> StartAsync(Action<SocketIOServer> setUp) => TestServer.StartAsync(setUp, options => options.AllowEIO3 = true);
}
