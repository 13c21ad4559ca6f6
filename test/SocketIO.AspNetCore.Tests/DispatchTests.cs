using System.Text;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class DispatchTests
{
    [Theory, Trait("Spec", "SRV-NET-14"), Trait("Spec", "SRV-NET-07"), Trait("Spec", "SIO-EVT-02")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task TenThousandEventsWithRandomAwaitsStayInOrderOneAtATime(bool polling)
    {
        const int Count = 10_000;
        var done = new TaskCompletionSource();
        int next = 0, running = 0;
        string? fault = null;
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On<int>("e", async number =>
        {
            if (Interlocked.Increment(ref running) != 1) fault ??= $"{number} runs beside another";
            if (number != next) fault ??= $"{number} after {next - 1}";
            next = number + 1;
            switch (number % 7)
            {
                case 1: await Task.Yield(); break;
                case 3: await YieldAsync(number % 20); break;
                case 5: await Task.Run(() => { }); break;
            }

            Interlocked.Decrement(ref running);
            if (number == Count - 1) done.SetResult();
        })));
        if (polling)
        {
            await using var client = await server.OpenPollingAsync();
            await client.SendAsync("40");
            await client.ReceiveAsync();
            for (int i = 0; i < Count; i += 500) await client.SendAsync([.. Enumerable.Range(i, 500).Select(n => $"42[\"e\",{n}]")]);
            await done.Task.WithDeadline("the last event", TimeSpan.FromSeconds(60));
        }
        else
        {
            await using var client = await server.ConnectAsync();
            var bytes = new List<byte>();
            for (int i = 0; i < Count; i++) bytes.AddRange(RawWebSocket.Frame(WebSocketOpcode.Text, Encoding.UTF8.GetBytes($"42[\"e\",{i}]"), true, 0, true));
            await client.Raw.WebSocket.Wire.WriteAsync(bytes.ToArray());
            await done.Task.WithDeadline("the last event", TimeSpan.FromSeconds(60));
        }

        Assert.Null(fault);
    }

    [Theory, Trait("Spec", "SRV-NET-14")]
    [InlineData(0)]
    [InlineData(5_000)]
    public async Task AHandlerMayAwaitAnAckOfItsOwnClientHoweverManyEventsPrecedeIt(int eventsBefore)
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("ask", async () => trace.Add($"answer {await socket.EmitWithAckAsync<int>("question")}"));
            socket.On("e", () => trace.Add("event"));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"ask\"]");
        var bytes = new List<byte>();
        for (int i = 0; i < eventsBefore; i++) bytes.AddRange(RawWebSocket.Frame(WebSocketOpcode.Text, "42[\"e\"]"u8, true, 0, true));
        await client.Raw.WebSocket.Wire.WriteAsync(bytes.ToArray());
        await client.ExpectAsync("420[\"question\"]");
        Assert.Empty(trace.Lines);
        await client.SendAsync("430[7]");
        await trace.UntilAsync(1 + eventsBefore);
        Assert.Equal("answer 7", trace.Lines[0]);
    }

    [Fact, Trait("Spec", "SRV-NET-14")]
    public async Task AnAckThatIsAskedForWhileTheReaderAlreadyWaitsIsReadToo()
    {
        var ask = new TaskCompletionSource();
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.On("ask", async () =>
                {
                    await ask.Task;
                    trace.Add($"answer {await socket.EmitWithAckAsync<int>("question")}");
                });
                socket.On("e", () => trace.Add("event"));
            }),
            options => options.MaxQueuedEvents = 4);
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"ask\"]");
        for (int i = 0; i < 10; i++) await client.SendAsync("42[\"e\"]");
        ask.SetResult();
        await client.ExpectAsync("420[\"question\"]");
        await client.SendAsync("430[7]");
        await trace.UntilAsync(11);
        Assert.Equal("answer 7", trace.Lines[0]);
    }

    [Fact, Trait("Spec", "SRV-NET-14")]
    public async Task AFullQueueStopsTheReading()
    {
        var release = new TaskCompletionSource();
        int handled = 0, read = 0;
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.On("e", async () =>
                {
                    await release.Task;
                    handled++;
                });
                if (socket.Connection.TransportName != "polling") return;
                socket.Connection.PacketReceived += packet => read += packet.Data.Span.StartsWith("2"u8) ? 1 : 0;
            }),
            options => options.MaxQueuedEvents = 4);
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        await client.ReceiveAsync();
        await using var neighbour = await server.ConnectAsync();
        var post = client.PostAsync(string.Join('\x1e', Enumerable.Repeat("42[\"e\"]", 20)));

        // One is being handled, four wait: nothing more is read.
        await Deadline.UntilAsync(() => read == 5, "five events to be read");
        for (var i = 0; i < 20; i++) await neighbour.SyncAsync();
        Assert.Equal((5, 0, false), (read, handled, post.IsCompleted));
        release.SetResult();
        Assert.Equal("ok", (await post.WithDeadline()).Text);
        await Deadline.UntilAsync(() => handled == 20, "all events");
    }

    [Fact, Trait("Spec", "SRV-NET-14")]
    public async Task ADisconnectIsNotQueuedAndDropsWhatIs()
    {
        var release = new TaskCompletionSource();
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.On<int>("e", async number =>
                {
                    trace.Add($"start {number}");
                    await release.Task;
                    trace.Add($"end {number} connected={socket.Connected}");
                });
                socket.OnDisconnected(_ => trace.Add("disconnected"));
            }),
            debug: true);
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\",1]");
        await client.SendAsync("42[\"e\",2]");
        await client.SendAsync("41");
        await trace.UntilAsync("disconnected");
        release.SetResult();
        await trace.UntilAsync("end 1 connected=False");
        await client.JoinAsync();
        Assert.Equal(["start 1", "disconnected", "end 1 connected=False"], trace.Lines);
        Assert.Contains("ignore packet received after disconnection", server.Debug!.Of("socket.io:socket"));
    }

    [Fact, Trait("Spec", "SRV-NET-14")]
    public async Task WithMoreHandlersAtATimeTheyStillStartInOrder()
    {
        const int Count = 2_000;
        var started = new Trace();
        int running = 0, most = 0;
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.On<int>("e", async number =>
            {
                started.Add($"{number}");
                int now = Interlocked.Increment(ref running);
                if (now > most) most = now;
                if (number % 3 != 0) await Task.Run(() => { });
                await YieldAsync(number % 20);
                Interlocked.Decrement(ref running);
            })),
            options => options.MaxConcurrentHandlers = 4);
        await using var client = await server.ConnectAsync();
        for (int i = 0; i < Count; i++) await client.SendAsync($"42[\"e\",{i}]");
        await started.UntilAsync(Count);
        Assert.Equal(Enumerable.Range(0, Count).Select(i => $"{i}"), started.Lines);
        Assert.InRange(most, 2, 4);
    }

    [Fact, Trait("Spec", "SRV-SOCK-17"), Trait("Spec", "SRV-NET-03")]
    public async Task HandlersOfOneEventRunInTheOrderOfRegistrationEachAfterTheOther()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Sockets.On<ServerSocket, string>("e", (socket, text) => trace.Add($"namespace {text} {socket.Id.Length}"));
            io.OnConnection(socket =>
            {
                socket.On<string>("e", async text =>
                {
                    await YieldAsync(5);
                    trace.Add($"1 {text}");
                });
                socket.Once<string>("e", text => trace.Add($"once {text}"));
                var subscription = socket.On<string>("e", text => trace.Add($"2 {text}"));
                socket.On("stop", subscription.Dispose);
            });
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\",\"a\"]");
        await client.SendAsync("42[\"e\",\"b\"]");
        await client.SendAsync("42[\"stop\"]");
        await client.SendAsync("42[\"e\",\"c\"]");
        await trace.UntilAsync(9);
        Assert.Equal(["namespace a 20", "1 a", "once a", "2 a", "namespace b 20", "1 b", "2 b", "namespace c 20", "1 c"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-SOCK-21")]
    public async Task MissingArgumentsAreDefaultsSurplusIsIgnoredAndMisfitsRaiseError()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnError(error => trace.Add(error.GetType().Name));
            socket.On<int, string?>("e", (number, text) => trace.Add($"{number} {text ?? "null"}"));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\"]");
        await client.SendAsync("42[\"e\",1,\"a\",true,{}]");
        await client.SendAsync("42[\"e\",\"not a number\"]");
        await client.SendAsync("42[\"e\",2]");
        await trace.UntilAsync(4);
        Assert.Equal(["0 null", "1 a", "EventBindingException", "2 null"], trace.Lines);
        Assert.Empty(server.Log.Errors);
    }

    private static async Task YieldAsync(int times)
    {
        for (var i = 0; i < times; i++) await Task.Yield();
    }
}
