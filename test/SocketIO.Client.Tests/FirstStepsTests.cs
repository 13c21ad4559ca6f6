using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>What a newcomer does first.</summary>
public sealed class FirstStepsTests
{

    [Theory]
    [InlineData("polling", "websocket"), InlineData("websocket"), InlineData("polling")]
    [Trait("Spec", "CLI-NET-01"), Trait("Spec", "CLI-NET-03"), Trait("Spec", "CLI-NET-04"), Trait("Spec", "CLI-LIFE-01"), Trait("Spec", "CLI-LIFE-07"), Trait("Spec", "CLI-NET-10")]
    public async Task ConnectEmitAcknowledgeAndLeave(params string[] transports)
    {
        var trace = new Trace();
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("echo", (string text, byte[] bytes) => socket.EmitAsync("echo", text, bytes));
            socket.OnRequest("add", (int a, int b) => a + b);
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }));
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = transports });
        var socket = manager.Socket();
        var echoed = new TaskCompletionSource<(string, byte[])>();
        using var subscription = socket.On("echo", (string text, byte[] bytes) => echoed.TrySetResult((text, bytes)));
        Assert.Null(socket.Id);
        Assert.False(socket.Active);

        await socket.ConnectAsync().WithDeadline();
        Assert.True(socket.Connected);
        Assert.True(socket.Active);
        Assert.True(server.Io.Sockets.Sockets.ContainsKey(socket.Id!));
        await socket.EmitAsync("echo", "hällo", new byte[] { 1, 2, 3 });
        var (text, bytes) = await echoed.Task.WithDeadline();
        Assert.Equal("hällo", text);
        Assert.Equal([1, 2, 3], bytes);
        Assert.Equal(3, await socket.EmitWithAckAsync<int>("add", 1, 2).WithDeadline());

        await socket.DisconnectAsync().WithDeadline();
        Assert.Null(socket.Id);
        Assert.False(socket.Active);
        await trace.UntilAsync("client namespace disconnect");
    }

    [Fact, Trait("Spec", "CLI-MUX-02"), Trait("Spec", "CLI-MUX-07"), Trait("Spec", "CLI-MUX-08")]
    public async Task ManyNamespacesShareAConnection()
    {
        await using var server = await Server.StartAsync(io => io.Of("/admin").OnRequest("who", () => "admin"));
        await using var manager = new SocketManager(server.Address);
        var main = manager.Socket();
        var admin = manager.Socket("/admin");
        await Task.WhenAll(main.ConnectAsync(), admin.ConnectAsync()).WithDeadline();
        Assert.Equal("admin", await admin.EmitWithAckAsync<string>("who").WithDeadline());
        Assert.NotEqual(main.Id, admin.Id);
        Assert.Single(server.Io.Engine.Sessions);
        await main.DisconnectAsync();
        Assert.Equal("admin", await admin.EmitWithAckAsync<string>("who").WithDeadline());
        await admin.DisconnectAsync().WithDeadline();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Any() is false, "the end of the connection");
    }

    [Fact, Trait("Spec", "CLI-REC-01"), Trait("Spec", "CLI-EMIT-03"), Trait("Spec", "CLI-SCN-02"), Trait("Spec", "CLI-LIFE-06")]
    public async Task AServerThatComesBackIsFoundAgain()
    {
        var received = new Trace();
        Action<SocketIOServer> setUp = io => io.OnConnection(socket => { socket.On("e", (int n) => received.Add($"e {n}")); });
        var server = await Server.StartAsync(setUp);
        int port = server.Address.Port;
        var trace = new Trace();
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = ["websocket"], ReconnectionDelay = TimeSpan.FromMilliseconds(20) });
        var socket = manager.Socket();
        socket.OnConnected(() => trace.Add("connect"));
        socket.OnDisconnected(info => trace.Add(info.Reason));
        await socket.ConnectAsync().WithDeadline();
        await server.DisposeAsync();
        await trace.UntilAsync(2);
        await socket.EmitAsync("e", 1);
        await using var next = await Server.StartAsync(setUp, port: port);
        await received.UntilAsync("e 1");
        await trace.UntilAsync(3);
        Assert.Equal(["connect", "transport close", "connect"], trace.Lines);
    }
}
