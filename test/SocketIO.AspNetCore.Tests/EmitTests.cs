using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class EmitTests
{
    [Fact, Trait("Spec", "SRV-EMIT-01"), Trait("Spec", "SRV-EMIT-02"), Trait("Spec", "SRV-SRV-12")]
    [Trait("Behaviour", "socket.io/test/socket.ts:105"), Trait("Behaviour", "socket.io/test/socket.ts:160")]
    [Trait("Behaviour", "socket.io/test/socket.ts:449")]
    public async Task WritesWhatTheReferenceWrites()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        await client.Socket.EmitAsync("e", 1, "2", new Dictionary<string, object> { ["3"] = "4", ["5"] = new byte[] { 6 } });
        await client.ExpectAsync("451-[\"e\",1,\"2\",{\"3\":\"4\",\"5\":{\"_placeholder\":true,\"num\":0}}]");
        Assert.Equal([6], await client.ReceiveBinaryAsync());
        await client.Socket.EmitAsync("none");
        await client.Socket.SendAsync("hello");
        await server.Io.SendAsync("hello", null);
        await client.ExpectAsync("42[\"none\"]", "42[\"message\",\"hello\"]", "42[\"message\",\"hello\",null]");
    }

    [Theory, Trait("Spec", "SRV-SRV-11")]
    [InlineData("connect")]
    [InlineData("connect_error")]
    [InlineData("disconnect")]
    [InlineData("disconnecting")]
    [InlineData("newListener")]
    [InlineData("removeListener")]
    [Trait("Behaviour", "socket.io/test/socket.ts:880")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:388")]
    public async Task ReservedNamesThrowAtOnce(string name)
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        IEventEmitter[] emitters =
        [
            server.Io, server.Io.Of("/"), server.Io.To("room"), client.Socket, client.Socket.Volatile, client.Socket.Broadcast,
        ];
        foreach (var emitter in emitters)
        {
            var error = Assert.Throws<ArgumentException>(() => { _ = emitter.EmitAsync(name); });
            Assert.Equal($"\"{name}\" is a reserved event name", error.Message);
        }

        Assert.Throws<ArgumentException>(() => { _ = client.Socket.EmitWithAckAsync<int>(name); });
    }

    [Fact, Trait("Spec", "SRV-EMIT-03"), Trait("Spec", "SRV-NET-08")]
    public async Task ModifiersDoNotStick()
    {
        await using var server = await TestServer.StartAsync();
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        var socket = Assert.Single(server.Io.Sockets.Sockets).Value;
        var emitter = socket.Volatile;
        _ = emitter.Compress(false);
        await emitter.EmitAsync("dropped");
        await socket.EmitAsync("kept");
        Assert.Equal("42[\"kept\"]", await polling.ReceiveAsync());
    }

    [Fact, Trait("Spec", "SRV-EMIT-04")]
    [Trait("Behaviour", "socket.io/test/socket.ts:245"), Trait("Behaviour", "socket.io/test/socket.ts:332")]
    [Trait("Behaviour", "socket.io/test/socket.ts:425")]
    public async Task OfTwoVolatileEmitsInARowTheFirstArrives()
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("two", async () =>
            {
                await socket.Volatile.EmitAsync("v1");
                await socket.Volatile.EmitAsync("v2");
            });
            socket.On("regular first", async () =>
            {
                await socket.EmitAsync("r");
                await socket.Volatile.EmitAsync("v3");
                await socket.EmitAsync("r2");
            });
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"two\"]");
        await client.ExpectAsync("42[\"v1\"]");
        await client.SendAsync("42[\"regular first\"]");
        await client.ExpectAsync("42[\"r\"]", "42[\"r2\"]");
    }

    [Fact, Trait("Spec", "SRV-SOCK-12")]
    public async Task AfterADisconnectNothingIsWritten()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var client = await server.ConnectAsync();
        var socket = client.Socket;
        await client.JoinAsync("/b");
        await socket.DisconnectAsync();
        await client.ExpectAsync("41");
        await socket.EmitAsync("dropped");
        await socket.Volatile.EmitAsync("dropped");
        Assert.Empty(await client.DrainAsync("/b"));
        await socket.DisconnectAsync(close: true);
        Assert.Empty(await client.DrainAsync("/b"));
    }

    [Fact, Trait("Spec", "SRV-EMIT-07"), Trait("Spec", "SIO-BIN-04")]
    public async Task BinaryEmitsOfManyThreadsNeverInterleave()
    {
        const int Threads = 32, PerThread = 50;
        await using var server = await TestServer.StartAsync(io => io.Of("/b"));
        await using var client = await server.ConnectAsync();
        var main = client.Socket;
        await client.JoinAsync("/b");
        ServerSocket[] sockets = [main, client.Socket];
        var emitting = Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < PerThread; i++)
            {
                byte[] first = [(byte)thread, (byte)i, 0], second = [(byte)thread, (byte)i, 1];
                if (i % 3 == 0) await server.Io.EmitAsync("e", thread, i, first, second);
                else await sockets[i % 2].EmitAsync("e", thread, i, first, second);
            }
        })));

        int[] next = new int[Threads];
        for (int received = 0; received < Threads * PerThread; received++)
        {
            string header = await client.ReceiveAsync();
            var match = System.Text.RegularExpressions.Regex.Match(header, "^452-(?:/b,)?\\[\"e\",(\\d+),(\\d+),");
            Assert.True(match.Success, header);
            byte thread = byte.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            byte i = byte.Parse(match.Groups[2].ValueSpan, System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(next[thread]++, i);
            Assert.Equal([thread, i, 0], await client.ReceiveBinaryAsync());
            Assert.Equal([thread, i, 1], await client.ReceiveBinaryAsync());
        }

        await emitting;
    }

    [Fact, Trait("Spec", "SRV-EMIT-08")]
    public async Task ArgumentsAreSerialisedWhenTheMethodIsCalled()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        var list = new List<int> { 1 };
        var direct = client.Socket.EmitAsync("e", list);
        var broadcast = server.Io.EmitAsync("e", list);
        list.Add(2);
        await direct;
        await broadcast;
        await client.ExpectAsync("42[\"e\",[1]]", "42[\"e\",[1]]");
    }

    [Fact, Trait("Spec", "SRV-EMIT-05")]
    [Trait("Behaviour", "socket.io/test/socket.ts:777"), Trait("Behaviour", "socket.io/test/socket.ts:790")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:362"), Trait("Behaviour", "socket.io/test/namespaces.ts:375")]
    public async Task WithoutCompressionAPollingAnswerIsPlain()
    {
        await using var server = await TestServer.StartAsync();
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        var socket = Assert.Single(server.Io.Sockets.Sockets).Value;
        string text = new('a', 5000);
        await using var http = await RawHttp.ConnectAsync(server.Address);
        foreach (bool compress in (bool[])[true, false])
        {
            await socket.Compress(compress).EmitAsync("e", text);
            await http.SendAsync("GET", polling.Target, (byte[]?)null, ("Accept-Encoding", "gzip"));
            Assert.Equal(compress ? "gzip" : null, (await http.ReadAsync()).Header("content-encoding"));
            await server.Io.Compress(compress).EmitAsync("e", text);
            await http.SendAsync("GET", polling.Target, (byte[]?)null, ("Accept-Encoding", "gzip"));
            Assert.Equal(compress ? "gzip" : null, (await http.ReadAsync()).Header("content-encoding"));
        }
    }

    [Fact, Trait("Spec", "SRV-SEC-05")]
    [Trait("Spec", "SIO-LIM-06")]
    public async Task ABroadcastEndsASlowClientAndDelaysNobody()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.OnDisconnected(info => trace.Add($"{info.Reason} {info.Exception?.Message}"))),
            options => options.MaxQueuedPackets = 10);
        await using var slow = await server.OpenPollingAsync();
        await slow.SendAsync("40");
        await slow.ReceiveAsync();
        await using var fast = await server.ConnectAsync();
        for (int i = 0; i < 20; i++)
        {
            Assert.True(server.Io.EmitAsync("e", i).IsCompletedSuccessfully);
            await fast.ExpectAsync($"42[\"e\",{i}]");
        }

        Assert.Equal(["transport error send queue full"], trace.Lines);
        Assert.Single(server.Io.Sockets.Sockets);
    }

    [Fact, Trait("Spec", "SRV-EMIT-01")]
    public async Task AnEmitWaitsForRoomInTheQueueOfASlowClient()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.MaxQueuedPackets = 10;
            options.PingInterval = TimeSpan.FromMinutes(5);
        });
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        await polling.ReceiveAsync();
        var socket = Assert.Single(server.Io.Sockets.Sockets).Value;
        for (int i = 0; i < 10; i++) Assert.True(socket.EmitAsync("e", i).IsCompletedSuccessfully);
        using var source = new CancellationTokenSource();
        var canceled = socket.EmitAsync("e", "canceled", source.Token).AsTask();
        var waiting = socket.EmitAsync("e", "waited").AsTask();
        Assert.False(waiting.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => canceled);
        for (int i = 0; i < 10; i++) Assert.Equal($"42[\"e\",{i}]", await polling.ReceiveAsync());
        Assert.Equal("42[\"e\",\"waited\"]", await polling.ReceiveAsync());
        await waiting.WithDeadline();
    }
}
