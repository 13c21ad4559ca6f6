using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>What the reference does not do: immediate reconnects, quiet clients, and who may have a session.</summary>
public sealed class TakeoverTests
{
    [Fact, Trait("Spec", "SRV-CSR-11"), Trait("Spec", "SEC-APP-02")]
    public async Task AClientThatComesBackBeforeItsLossIsNoticedTakesItsSessionOver()
    {
        var trace = new Trace();
        await using var server = await RecoveryTests.StartAsync(io => io.OnConnection(async socket =>
        {
            trace.Add($"connected {socket.Recovery}");
            socket.OnDisconnecting(info => trace.Add($"disconnecting {info.Reason} {string.Join(',', socket.Rooms.Where(room => room != socket.Id))}"));
            socket.OnDisconnected(info => trace.Add("disconnected"));
            if (!socket.Recovered) await socket.JoinAsync("room");
        }));
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        var (id, former) = (client.Id, client.Raw);
        await server.Io.To("room").EmitAsync("on its way");
        await client.ConnectAsync();

        Assert.True(client.Recovered);
        Assert.Equal(id, client.Id);
        Assert.StartsWith("42[\"on its way\"", Assert.Single(client.Missed));
        await trace.UntilAsync(4);
        Assert.Equal(["connected NotRequested", "disconnecting forced close room", "disconnected", "connected Recovered"], trace.Lines);
        await former.ReceiveEndAsync();
        Assert.Equal([id, "room"], client.Socket.Rooms.OrderBy(room => room == "room"));
        await client.SyncAsync();
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public async Task AQuietClientRecovers(bool isNoticed)
    {
        await using var server = await RecoveryTests.StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        // Much goes on, but not for this client.
        for (int i = 0; i < 10; i++) await server.Io.To("other").EmitAsync("e");
        Assert.Null(client.Offset);
        if (isNoticed) await client.CutAsync();
        await server.Io.EmitAsync("missed");
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.StartsWith("42[\"missed\"", Assert.Single(client.Missed));
    }

    [Fact, Trait("Spec", "SEC-APP-02"), Trait("Spec", "SRV-CSR-11")]
    public async Task OfTwoClientsThatAskAtOnceOneHasTheSession()
    {
        await using var server = await RecoveryTests.StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        string id = client.Id, request = client.Request();
        await client.CutAsync();
        var clients = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SocketClient.OpenAsync(server.Address, "/socket.io/")));
        await Task.WhenAll(clients.Select(other => other.SendAsync("40" + request)));
        int holders = 0;
        foreach (var other in clients)
        {
            // Each gets the session, or a new one, or is closed because another has taken the session over.
            var frame = await other.ReceiveAsync();
            if (frame.IsEnd) continue;
            if (!frame.Text.Contains(id, StringComparison.Ordinal)) continue;
            await other.SendAsync("42[\"x\"]");
            using var patience = new CancellationTokenSource(300);
            try
            {
                await other.WebSocket.ReceiveEndAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                holders++;
            }
        }

        Assert.Equal(1, holders);
        Assert.Equal(1, server.Io.Sockets.Sockets.Keys.Count(key => key == id));
    }

    [Fact, Trait("Spec", "SEC-APP-02")]
    public async Task TheApplicationCanRefuse()
    {
        RecoveryContext? asked = null;
        int middlewares = 0;
        await using var server = await RecoveryTests.StartAsync(
            io => io.Use((_, next) =>
            {
                Interlocked.Increment(ref middlewares);
                return next();
            }),
            recovery => recovery.Authorize = context =>
            {
                asked = context;
                return context.Data["user"] is "blocked" ? throw new ConnectionRefusedException() : new(!context.Handshake.Auth.TryGetProperty("bad", out _));
            });
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        client.Socket.Data["user"] = "ann";

        // A thief who may not have the session does not end it either.
        await using var thief = await server.OpenAsync();
        await thief.SendAsync($"40{{\"pid\":\"{client.Pid}\",\"bad\":1}}");
        Assert.DoesNotContain(client.Pid!, await thief.ReceiveAsync());
        Assert.Equal((client.Id, true), (asked!.SocketId, client.Socket.Connected));
        Assert.Equal([client.Id], asked.Rooms);
        Assert.Equal(2, middlewares);

        await client.CutAsync();
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.Equal(2, middlewares);

        client.Socket.Data["user"] = "blocked";
        await client.CutAsync();
        await client.ConnectAsync();
        Assert.False(client.Recovered);
        Assert.Equal(RecoveryOutcome.Refused, client.Socket.Recovery);
        Assert.Empty(client.Socket.Data);
        Assert.Equal(3, middlewares);
    }

    [Theory, Trait("Spec", "SRV-CSR-05"), Trait("Spec", "SEC-APP-02")]
    [InlineData(false), InlineData(true)]
    public async Task ASessionIsNotLostWithAClientThatAMiddlewareDidNotLetIn(bool isGone)
    {
        var gate = new TaskCompletionSource();
        int calls = 0;
        await using var server = await RecoveryTests.StartAsync(
            io => io.Use(async (_, next) =>
            {
                if (Interlocked.Increment(ref calls) == 2)
                {
                    await gate.Task;
                    if (!isGone) throw new ConnectionRefusedException("later");
                }

                await next();
            }),
            recovery => recovery.SkipMiddlewares = false);
        var client = await new RecoveryClient(server).ConnectAsync();
        await client.SyncAsync();
        await client.CutAsync();
        await server.Io.EmitAsync("missed");
        await using var second = await server.OpenAsync();
        await second.SendAsync("40" + client.Request());
        await Deadline.UntilAsync(() => calls == 2, "the middleware");
        if (isGone) second.Raw.WebSocket.Reset();
        else gate.SetResult();
        if (!isGone) Assert.StartsWith("44", await second.ReceiveAsync());

        var connecting = client.ConnectAsync();
        if (isGone)
        {
            // It waits until the session is back.
            await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 1, "the end of the second connection");
            gate.SetResult();
        }

        await connecting;
        Assert.True(client.Recovered);
        Assert.StartsWith("42[\"missed\"", Assert.Single(client.Missed));
    }

    [Fact, Trait("Spec", "SEC-APP-02")]
    public async Task AForgedOffsetShowsNothingFromBeforeTheSessionOrTheRoom()
    {
        await using var server = await RecoveryTests.StartAsync();
        var other = await new RecoveryClient(server).ConnectAsync();
        string first = (await other.SyncAsync()).Split('"')[3];
        await server.Io.EmitAsync("before the session");
        var client = await new RecoveryClient(server).ConnectAsync();
        await server.Io.To("room").EmitAsync("before the room");
        await client.Socket.JoinAsync("room");
        await server.Io.To("room").EmitAsync("in the room");
        await client.CutAsync();
        client.Offset = first;
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.StartsWith("42[\"in the room\"", Assert.Single(client.Missed));

        await client.CutAsync();
        client.Offset = "zzzzzzz";
        await client.ConnectAsync();
        Assert.Equal(RecoveryOutcome.OffsetExpired, client.Socket.Recovery);
    }

    [Theory]
    [InlineData("40{\"pid\":1,\"offset\":\"x\"}"), InlineData("40{\"pid\":{\"a\":1}}"), InlineData("40{\"offset\":\"x\"}")]
    public async Task WhatIsNoRequestIsNone(string connect)
    {
        await using var server = await RecoveryTests.StartAsync();
        await using var client = await server.OpenAsync();
        await client.SendAsync(connect);
        Assert.StartsWith("40{\"sid\":", await client.ReceiveAsync());
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 1, "the socket");
        Assert.Equal(RecoveryOutcome.NotRequested, server.Io.Sockets.Sockets.Values.Single().Recovery);
    }

    [Fact, Trait("Spec", "SRV-MW-05")]
    public async Task WhatAMiddlewareEmitsFollowsTheGrant()
    {
        await using var server = await RecoveryTests.StartAsync(io =>
        {
            io.Use(async (socket, next) =>
            {
                await socket.EmitAsync("first");
                await socket.EmitAsync("second");
                await next();
            });
            io.OnConnection(socket => socket.EmitAsync("third"));
        });
        var client = await new RecoveryClient(server).ConnectAsync();
        foreach (string name in (string[])["first", "second", "third"]) Assert.StartsWith($"42[\"{name}\",", await client.ReceiveAsync());
    }

    [Fact]
    public async Task WhatIsEmittedToADisconnectedSocketIsMissedByIt()
    {
        await using var server = await RecoveryTests.StartAsync();
        var client = await new RecoveryClient(server).ConnectAsync();
        var former = client.Socket;
        await client.CutAsync();
        await former.EmitAsync("late", new byte[] { 9 });
        await client.Raw.DisposeAsync();
        await using var raw = await server.OpenAsync();
        await raw.SendAsync("40" + client.Request());
        Assert.StartsWith("451-[\"late\",{\"_placeholder\":true,\"num\":0},\"", await raw.ReceiveAsync());
        Assert.Equal([9], await raw.ReceiveBinaryAsync());
        Assert.Contains(client.Pid!, await raw.ReceiveAsync());
    }

    [Fact]
    public async Task V2ClientsHaveNoSession()
    {
        await using var server = await RecoveryTests.StartAsync(options: options =>
        {
            options.AllowEIO3 = true;
            options.Adapter = ns => new SpyAdapter(ns);
        });
        await using var client = await server.OpenAsync(revision: 3);
        Assert.Equal("40", await client.ReceiveAsync());
        client.Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 0, "the disconnection");
        Assert.Empty(((SpyAdapter)server.Io.Sockets.Adapter).Persisted);
    }
}
