namespace SocketIO.AspNetCore.Tests;

/// <summary>What goes there and back.</summary>
public sealed class RoundTripTests
{
    [Fact]
    [Trait("Spec", "SIO-EVT-01")]
    [Trait("Behaviour", "socket.io/test/socket.ts:138")]
    [Trait("Behaviour", "socket.io/test/socket.ts:706")]
    [Trait("Behaviour", "socket.io/test/socket.ts:729")]
    public async Task LargeDocumentsAndImages()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
            socket.On<EventArguments>("echo", arguments => socket.EmitArgumentsAsync("echo", arguments.ToArray()))));
        await using var client = await server.ConnectAsync();
        string document = "[" + string.Join(',', Enumerable.Range(0, 20_000).Select(i => $"{{\"id\":{i},\"name\":\"é {i}\",\"tags\":[null,true]}}")) + "]";
        byte[] image = new byte[900_000];
        new Random(1).NextBytes(image);

        for (int round = 0; round < 3; round++)
        {
            await client.SendAsync($"42[\"echo\",{document}]");
            await client.ExpectAsync($"42[\"echo\",{document}]");
            await client.SendAsync("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
            await client.SendAsync(image);
            await client.ExpectAsync("451-[\"echo\",{\"_placeholder\":true,\"num\":0}]");
            Assert.Equal(image, await client.ReceiveBinaryAsync());
        }
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-07")]
    [Trait("Behaviour", "socket.io/test/socket.ts:546")]
    [Trait("Behaviour", "socket.io/test/socket.ts:563")]
    public async Task BytesMayBeAskedWithAndAnsweredBothWays()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
            socket.OnRequest<byte[], int>("length", bytes => ValueTask.FromResult(bytes.Length))));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("451-3[\"length\",{\"_placeholder\":true,\"num\":0}]");
        await client.SendAsync([7, 8]);
        await client.ExpectAsync("433[2]");

        var answer = client.Socket.EmitWithAckAsync<int>("length", new byte[] { 1, 2, 3 });
        await client.ExpectAsync("451-0[\"length\",{\"_placeholder\":true,\"num\":0}]");
        Assert.Equal([1, 2, 3], await client.ReceiveBinaryAsync());
        await client.SendAsync("430[3]");
        Assert.Equal(3, await answer);
    }

    [Fact]
    [Trait("Spec", "SRV-NSP-03")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:12")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:48")]
    [Trait("Behaviour", "socket.io/test/messaging-many.ts:216")]
    public async Task BroadcastsReachTheirNamespaceAndRoomWithTextOrBytes()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/other"));
        await using var a = await server.ConnectAsync();
        await using var b = await server.ConnectAsync();
        await using var other = await server.ConnectAsync("/other");
        await b.Socket.JoinAsync("room");

        await server.Io.EmitAsync("text", "x");
        await server.Io.EmitAsync("bytes", new byte[] { 1 });
        await server.Io.To("room").EmitAsync("to the room", new byte[] { 2 });
        await a.Socket.EmitAsync("to a", new byte[] { 3 });

        const string Placeholder = "{\"_placeholder\":true,\"num\":0}";
        await a.ExpectAsync("42[\"text\",\"x\"]", $"451-[\"bytes\",{Placeholder}]");
        Assert.Equal([1], await a.ReceiveBinaryAsync());
        await a.ExpectAsync($"451-[\"to a\",{Placeholder}]");
        Assert.Equal([3], await a.ReceiveBinaryAsync());
        await b.ExpectAsync("42[\"text\",\"x\"]", $"451-[\"bytes\",{Placeholder}]");
        Assert.Equal([1], await b.ReceiveBinaryAsync());
        await b.ExpectAsync($"451-[\"to the room\",{Placeholder}]");
        Assert.Equal([2], await b.ReceiveBinaryAsync());
        Assert.Empty(await a.DrainAsync());
        Assert.Empty(await b.DrainAsync());
        // Its drain is the first that it hears.
        await server.Io.Of("/other").EmitAsync("end");
        await other.ExpectAsync("42/other,[\"end\"]");
    }
}
