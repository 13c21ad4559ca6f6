using Microsoft.Extensions.Time.Testing;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>How sockets and managers end.</summary>
public sealed class DisposalTests
{
    [Fact, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-NET-11"), Trait("Spec", "CLI-CLS-02")]
    public async Task ADisposedSocketSaysGoodbyeAndIsDone()
    {
        var trace = new Trace();
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("last", () => trace.Add("last"));
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }));
        await using var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        var disconnected = new Trace();
        socket.OnDisconnected(info => disconnected.Add(info.Reason));
        await socket.ConnectAsync().WithDeadline();
        var unanswered = socket.EmitWithAckAsync<int>("nobody");
        await socket.EmitAsync("last");
        await socket.DisposeAsync().AsTask().WithDeadline();
        await socket.DisposeAsync();
        Assert.Equal(["io client disconnect"], disconnected.Lines);
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => unanswered.WithDeadline());
        await trace.UntilAsync(2);
        Assert.Equal(["last", "client namespace disconnect"], trace.Lines);
        Assert.Throws<ObjectDisposedException>(() => socket.Emit("e"));
        Assert.Throws<ObjectDisposedException>(socket.Connect);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => socket.ConnectAsync());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => socket.EmitWithAckAsync<int>("e"));
        Assert.NotSame(socket, manager.Socket());
    }

    [Fact, Trait("Spec", "CLI-DSP-02"), Trait("Spec", "CLI-DSP-03")]
    public async Task ADisposedManagerTakesAllItsSocketsAlong()
    {
        await using var server = await Server.StartAsync(io => io.Of("/a"));
        var manager = new SocketManager(server.Address);
        var trace = new Trace();
        manager.OnClose(info => trace.Add($"close {info.Reason}"));
        foreach (string ns in (string[])["/", "/a"])
        {
            var socket = manager.Socket(ns);
            socket.OnDisconnected(info => trace.Add($"{ns} {info.Reason}"));
            await socket.ConnectAsync().WithDeadline();
        }

        var engine = manager.Engine!;
        await Task.WhenAll(manager.DisposeAsync().AsTask(), manager.DisposeAsync().AsTask()).WithDeadline();
        await engine.Completion.WithDeadline();
        Assert.Equal(["/ io client disconnect", "close forced close", "/a io client disconnect"], trace.Lines);
        await Deadline.UntilAsync(() => !server.Io.Engine.Sessions.Any(), "the end of the connection");
        Assert.Throws<ObjectDisposedException>(manager.Open);
        Assert.Throws<ObjectDisposedException>(() => manager.Socket());
    }

    [Fact, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-DSP-03")]
    public async Task DisposalEndsWhatWaits()
    {
        await using var server = ScriptedServer.StartMute();
        var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        var connecting = socket.ConnectAsync();
        var opening = manager.OpenAsync();
        var answer = socket.EmitWithAckAsync<int>("e");
        await server.RequestsAsync(0);
        await manager.DisposeAsync().AsTask().WithDeadline();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => connecting.WithDeadline());
        await Assert.ThrowsAnyAsync<Exception>(() => opening.WithDeadline());
        await Assert.ThrowsAsync<ObjectDisposedException>(() => answer.WithDeadline());
    }

    [Theory, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-WS-03")]
    [InlineData("websocket"), InlineData("polling")]
    public async Task ADeadCableDoesNotHoldItUp(string transport)
    {
        await using var server = await Server.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var manager = new SocketManager(proxy.Address, new SocketManagerOptions { Transports = [transport], CloseTimeout = TimeSpan.FromMilliseconds(200) });
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        proxy.Stall();
        await manager.DisposeAsync().AsTask().WithDeadline("the disposal", TimeSpan.FromSeconds(5));
        Assert.False(socket.Connected);
    }

    [Theory, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-WS-03")]
    [InlineData("websocket", false), InlineData("websocket", true), InlineData("polling", false), InlineData("polling", true)]
    public async Task NothingTakesLongerThanTheTimeToClose(string transport, bool isSocket)
    {
        var limit = TimeSpan.FromSeconds(10);
        var time = new FakeTimeProvider();
        await using var server = await Server.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var manager = new SocketManager(proxy.Address, new SocketManagerOptions { Transports = [transport], CloseTimeout = limit, TimeProvider = time });
        var socket = manager.Socket();
        using var release = new ManualResetEventSlim();
        socket.OnDisconnected(_ => release.Wait());
        await socket.ConnectAsync().WithDeadline();
        var engine = manager.Engine!;
        proxy.Stall();
        // What cannot be written, a goodbye that is not answered and a handler that blocks: each of them alone would take all the time.
        for (var i = 0; i < 20; i++) socket.Emit("e", new byte[1 << 20]);
        var disposal = (isSocket ? socket.DisposeAsync() : manager.DisposeAsync()).AsTask();
        time.Advance(limit - TimeSpan.FromSeconds(1));
        Assert.False(disposal.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        await disposal.WithDeadline("the disposal");
        release.Set();
        await Deadline.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return engine.Completion.IsCompleted;
            },
            "the end of the connection");
    }

    [Fact, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-ROB-04")]
    public async Task AHandlerMayDisposeOfItsOwnManager()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => socket.EmitAsync("go")));
        var manager = new SocketManager(server.Address);
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var socket = manager.Socket();
        socket.On("go", async () =>
        {
            await manager.DisposeAsync();
            done.SetResult();
        });
        socket.Connect();
        await done.Task.WithDeadline();
    }

    [Fact, Trait("Spec", "CLI-DSP-05")]
    public async Task ConnectingEndsInOneOfFourWays()
    {
        await using var server = await Server.StartAsync(io => io.Of("/no").Use((_, _) => throw new ConnectionRefusedException("not you", new { retry = 3 })));
        await using var manager = new SocketManager(server.Address);
        await manager.Socket().ConnectAsync().WithDeadline();

        var refusal = await Assert.ThrowsAsync<SocketConnectException>(() => manager.Socket("/no").ConnectAsync().WithDeadline());
        Assert.Equal(ConnectErrorKind.Refused, refusal.Kind);
        Assert.Equal("not you", refusal.Message);
        Assert.Equal(3, refusal.GetData<Dictionary<string, int>>()!["retry"]);
        Assert.False(manager.Socket("/no").Active);

        var nowhere = new Uri($"http://127.0.0.1:{Ports.Free()}");
        await using var single = new SocketManager(nowhere, new SocketManagerOptions { Reconnection = false });
        var failure = await Assert.ThrowsAsync<SocketConnectException>(() => single.Socket().ConnectAsync().WithDeadline());
        Assert.Equal(ConnectErrorKind.Transport, failure.Kind);
        Assert.Equal("xhr poll error", failure.Message);
        Assert.Equal("polling", failure.Transport);
        Assert.NotNull(failure.Engine!.InnerException);
        Assert.True(single.Socket().Active);

        await using var persistent = new SocketManager(nowhere);
        using var cancellation = new CancellationTokenSource();
        var connecting = persistent.Socket().ConnectAsync(cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => connecting.WithDeadline());
        Assert.False(persistent.Socket().Active);

        await using var hasty = new SocketManager(nowhere, new SocketManagerOptions { FailFast = true });
        await Assert.ThrowsAsync<SocketConnectException>(() => hasty.Socket().ConnectAsync().WithDeadline());
        Assert.True(hasty.Socket().Active);
    }

    [Fact, Trait("Spec", "CLI-DSP-05")]
    public async Task NobodyWaitsForAConnectionThatDoesNotCome()
    {
        await using var server = new FakeServer(_ => [], _ => []);
        await using var manager = server.CreateManager(options => options.Reconnection = false);
        var connecting = manager.Socket().ConnectAsync();
        await server.UntilAsync("40");
        manager.Disconnect();
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => connecting.WithDeadline());

        connecting = manager.Socket("/b").ConnectAsync();
        await server.UntilAsync("40/b,");
        server.Cut();
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => connecting.WithDeadline());
    }

    [Fact, Trait("Spec", "CLI-DSP-05")]
    public async Task AHandlerMayBlockUntilTheConnectionIsBack()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = manager.Socket();
        socket.AuthProvider = _ => new(new { n = 1 });
        socket.OnDisconnected(_ =>
        {
#pragma warning disable xUnit1031 // What must not hang is just that.
            socket.ConnectAsync().GetAwaiter().GetResult();
#pragma warning restore xUnit1031
            trace.Add("back");
        });
        await socket.ConnectAsync().WithDeadline();
        server.Cut();
        await trace.UntilAsync("back");
    }
}
