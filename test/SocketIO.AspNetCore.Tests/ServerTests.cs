using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>The server object: the main namespace under another name, its namespaces, its adapter and its end.</summary>
public sealed class ServerTests
{
    [Fact, Trait("Spec", "SRV-SRV-01"), Trait("Spec", "SRV-SRV-12"), Trait("Spec", "SRV-API-08"), Trait("Spec", "SRV-API-09"), Trait("Spec", "SRV-API-10")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:18")]
    public async Task WhatIsSaidOfTheServerIsSaidOfTheMainNamespace()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use((_, next) =>
            {
                trace.Add("middleware");
                return next();
            });
            io.OnConnection(_ => trace.Add("connection"));
            io.PrependConnection(socket =>
            {
                trace.Add("prepended");
                return socket.JoinAsync("room");
            });
            io.Of("/b");
        });
        await using var other = await server.ConnectAsync("/b");
        Assert.Empty(trace.Lines);
        await using var client = await server.ConnectAsync();
        await trace.UntilAsync(3);
        Assert.Equal(["middleware", "prepended", "connection"], trace.Lines);

        var io = server.Io;
        await io.EmitAsync("emit", 1);
        await io.SendAsync("hello");
        await io.To("room").EmitAsync("to");
        await io.To(["room", "x"]).EmitAsync("to many");
        await io.In("room").EmitAsync("in");
        await io.In(["room"]).EmitAsync("in many");
        await io.Except("x").EmitAsync("except");
        await io.Except(["x"]).EmitAsync("except many");
        await io.Volatile.EmitAsync("volatile");
        await io.Local.EmitAsync("local");
        await io.Compress(false).EmitAsync("plain");
        await client.ExpectAsync(
            "42[\"emit\",1]", "42[\"message\",\"hello\"]", "42[\"to\"]", "42[\"to many\"]", "42[\"in\"]", "42[\"in many\"]", "42[\"except\"]",
            "42[\"except many\"]", "42[\"volatile\"]", "42[\"local\"]", "42[\"plain\"]");

        Assert.Equal([client.Id], await io.AllSocketsAsync());
        Assert.Equal([client.Id], (await io.FetchSocketsAsync()).Select(socket => socket.Id));
        Assert.Equal(1, (await io.CountAsync()).Count);
        Assert.True(await io.ExistsAsync());
        await io.SocketsJoinAsync("y");
        await io.SocketsJoinAsync(["z"]);
        await io.SocketsLeaveAsync("y");
        await io.SocketsLeaveAsync(["room"]);
        Assert.Equal([client.Id, "z"], client.Socket.Rooms);
        await io.DisconnectSocketsAsync();
        await client.ExpectAsync("41");
        Assert.Empty(await other.DrainAsync("/b"));
    }

    [Fact, Trait("Spec", "SRV-SRV-08"), Trait("Spec", "SRV-NSP-04"), Trait("Behaviour", "socket.io/test/namespaces.ts:109")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:125")]
    public async Task EachConnectionHandlerOfANamespaceIsCalled()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            var chat = io.Of("/chat", socket => trace.Add($"1 {socket.Namespace.Name}"));
            Assert.Same(chat, io.Of("chat", async socket =>
            {
                await Task.Yield();
                trace.Add("2");
            }));
            chat.OnConnection(_ => trace.Add("3"));
            chat.OnConnection(_ => trace.Add("removed")).Dispose();
        });
        await using var client = await server.ConnectAsync("/chat");
        await trace.UntilAsync(3);
        Assert.Equal(["1 /chat", "2", "3"], trace.Lines.Order(StringComparer.Ordinal));
    }

    [Fact, Trait("Spec", "SRV-BC-03"), Trait("Behaviour", "socket.io/test/namespaces.ts:409"), Trait("Behaviour", "socket.io/test/namespaces.ts:426")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:445")]
    public async Task SomeAreLeftOut()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/nsp"));
        foreach (string ns in (string[])["/", "/nsp"])
        {
            await using var first = await server.ConnectAsync(ns);
            await using var second = await server.ConnectAsync(ns);
            await second.Socket.JoinAsync("room");
            string prefix = ns == "/" ? "" : ns + ",";
            await server.Io.Of(ns).Except(second.Id).EmitAsync("not to an id");
            await server.Io.Of(ns).Except("room").EmitAsync("not to a room");
            await first.ExpectAsync($"42{prefix}[\"not to an id\"]", $"42{prefix}[\"not to a room\"]");
            Assert.Empty(await second.DrainAsync(ns));
        }
    }

    [Fact, Trait("Spec", "SRV-SRV-03"), Trait("Spec", "SRV-API-06"), Trait("Spec", "SRV-NSP-01")]
    public async Task AnotherAdapterTakesTheRoomsOver()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.Of("/b"), options => options.Adapter = ns => new TracedAdapter(ns, "old", trace));
        await using var client = await server.ConnectAsync("/b");
        await client.Socket.JoinAsync("room");
        var before = client.Socket.Namespace.Adapter;
        server.Io.SetAdapter(ns => new TracedAdapter(ns, "new", trace));
        Assert.NotSame(before, client.Socket.Namespace.Adapter);
        Assert.Equal([client.Id, "room"], client.Socket.Rooms);
        await server.Io.Of("/b").To("room").EmitAsync("hi");
        await client.ExpectAsync("42/b,[\"hi\"]");
        server.Io.Of("/c");
        Assert.Equal(["init old /", "init old /b", "init new /", "close old /", "init new /b", "close old /b", "init new /c"], trace.Lines);

        await client.SendAsync("41/b,");
        await Deadline.UntilAsync(() => client.Socket.Rooms.Count == 0, "the rooms to be left");
        Assert.Empty(((InMemoryAdapter)server.Io.Of("/b").Adapter).Rooms);
        await server.Io.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["close new /", "close new /b", "close new /c"], trace.Lines.Skip(7).Order(StringComparer.Ordinal));
    }

    [Fact, Trait("Spec", "SRV-CLOSE-01"), Trait("Spec", "SRV-CLOSE-06"), Trait("Behaviour", "socket.io/test/close.ts:16")]
    public async Task AHostThatStopsLeavesNoSocketAndNoPort()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.ConnectAsync();
        Assert.Single(server.Io.Sockets.Sockets);
        await server.StopAsync();
        await client.ReceiveEndAsync();
        Assert.Empty(server.Io.Sockets.Sockets);
        using var listener = new TcpListener(IPAddress.Loopback, server.Address.Port);
        listener.Start();
    }

    [Fact, Trait("Spec", "SRV-CLOSE-03"), Trait("Behaviour", "socket.io/test/close.ts:85")]
    public async Task AServerThatNeverListenedCloses()
    {
        var io = new SocketIOServer(new SocketIOOptions(), NullLoggerFactory.Instance, TimeProvider.System);
        io.Of("/b");
        await io.CloseAsync(TestContext.Current.CancellationToken).AsTask().WithDeadline("the end");
        await io.DisposeAsync();
    }

    [Fact, Trait("Spec", "SRV-CLOSE-04"), Trait("Behaviour", "socket.io/test/close.ts:105")]
    public async Task AServerThatIsClosedHasNoTimerLeft()
    {
        var time = new CountingTimeProvider();
        SocketIOServer io = null!;
        await using var web = await WebServer.StartAsync(
            builder => builder.Services.AddSingleton<TimeProvider>(time).AddSocketIO(), app => io = Microsoft.AspNetCore.Builder.SocketIOEndpointRouteBuilderExtensions.MapSocketIO(app));
        await using var joined = await SocketClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await joined.SendAsync("40");
        Assert.StartsWith("40{", await joined.ReceiveTextAsync());
        await using var silent = await SocketClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await using var polling = await PollingClient.OpenAsync(web.BaseAddress, "/socket.io/");
        await Deadline.UntilAsync(() => io.Sockets.Sockets.Count == 1, "the socket");
        Assert.True(time.Live > 0);
        await io.DisposeAsync();
        await Deadline.UntilAsync(() => time.Live == 0, "the end of the timers");
    }

    private sealed class TracedAdapter(ServerNamespace ns, string label, Trace trace) : InMemoryAdapter(ns)
    {
        public override ValueTask InitializeAsync()
        {
            trace.Add($"init {label} {Namespace.Name}");
            return default;
        }

        public override ValueTask CloseAsync()
        {
            trace.Add($"close {label} {Namespace.Name}");
            return default;
        }
    }

    private sealed class CountingTimeProvider : TimeProvider
    {
        private int _live;

        public int Live => Volatile.Read(ref _live);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _live);
            return new CountedTimer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class CountedTimer(CountingTimeProvider time, ITimer timer) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Interlocked.Decrement(ref time._live);
                timer.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
