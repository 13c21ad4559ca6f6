using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>Everything from everywhere at once.</summary>
public sealed class StressTests
{
    private const int Threads = 16;

    [Theory, Trait("Spec", "CLI-NET-12"), Trait("Spec", "CLI-ACK-10"), Trait("Spec", "CLI-ROB-04")]
    [InlineData("websocket"), InlineData("polling")]
    public async Task AnyMemberFromAnyThread(string transport)
    {
        await using var server = await Server.StartAsync(
            io =>
            {
                foreach (string ns in (string[])["/", "/a", "/b"]) io.Of(ns).OnConnection(socket => socket.OnRequest("echo", (int n) => n));
            },
            // Pings alone tell of a client that aborts between two polls.
            options => (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5)));
        var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = [transport], ReconnectionDelay = TimeSpan.FromMilliseconds(1) });
        ClientSocket[] sockets = [manager.Socket(), manager.Socket("/a"), manager.Socket("/b")];
        int answered = 0, failed = 0;
        foreach (var socket in sockets)
        {
            // Handlers that go back into the client.
            socket.OnDisconnected(info =>
            {
                if (info.Reason == DisconnectReasons.ClientDisconnect) socket.Connect();
            });
            socket.OnConnected(() => socket.Emit("echo", 0));
        }

        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            for (int i = 0; i < 150; i++)
            {
                var socket = sockets[random.Next(sockets.Length)];
                switch (random.Next(8))
                {
                    case 0:
                        // Whoever leaves comes back: what the others emit waits for that.
                        socket.Disconnect();
                        socket.Connect();
                        break;
                    case 1: socket.Connect(); break;
                    case 2: manager.Engine?.Abort(); break;
                    case 3: socket.On("x", () => { }).Dispose(); break;
                    default:
                        try
                        {
                            Assert.Equal(i, await socket.Timeout(TimeSpan.FromSeconds(10)).EmitWithAckAsync<int>("echo", i));
                            Interlocked.Increment(ref answered);
                        }
                        catch (SocketDisconnectedException)
                        {
                            Interlocked.Increment(ref failed);
                        }

                        break;
                }
            }
        }))).WithDeadline("the threads", TimeSpan.FromSeconds(60));

        // After all that it is as good as new.
        foreach (var socket in sockets)
        {
            await socket.ConnectAsync().WithDeadline();
            Assert.Equal(7, await socket.EmitWithAckAsync<int>("echo", 7).WithDeadline());
        }

        Assert.True(answered > 0, $"{answered} answered, {failed} failed");
        await manager.DisposeAsync().AsTask().WithDeadline();
        await Deadline.UntilAsync(() => !server.Io.Engine.Sessions.Any(), "the end of all sessions", TimeSpan.FromSeconds(30));
    }

    [Fact, Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-DSP-02"), Trait("Spec", "CLI-NET-12")]
    public async Task DisposalInTheMidstOfEverything()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => socket.OnRequest("echo", (int n) => n)));
        for (int round = 0; round < 20; round++)
        {
            var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = [round % 2 == 0 ? "websocket" : "polling"] });
            var socket = manager.Socket();
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var users = Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
            {
                await start.Task;
                try
                {
                    while (true)
                    {
                        switch (thread % 4)
                        {
                            case 0: await socket.ConnectAsync(); break;
                            case 1: socket.Disconnect(); manager.Socket(); await Task.Yield(); break;
                            default: await socket.EmitWithAckAsync<int>("echo", thread); break;
                        }
                    }
                }
                catch (ObjectDisposedException)
                {
                    return true;
                }
                catch (SocketDisconnectedException)
                {
                    return false;
                }
            })).ToArray();
            start.SetResult();
            await Task.Delay(round, TestContext.Current.CancellationToken);
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await manager.DisposeAsync()))).WithDeadline();
            Assert.Contains(true, await Task.WhenAll(users).WithDeadline());
            Assert.False(socket.Connected);
        }
    }
}
