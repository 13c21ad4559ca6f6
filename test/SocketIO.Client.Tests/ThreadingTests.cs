using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>Where and in which order handlers run.</summary>
public sealed class ThreadingTests
{
    [Fact, Trait("Spec", "CLI-NET-05"), Trait("Spec", "CLI-NET-14"), Trait("Spec", "CLI-RECV-01")]
    public async Task EventsAreHandledOneAtATimeAndInOrder()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(async socket =>
        {
            for (int i = 0; i < 100; i++) await socket.EmitAsync("e", i);
        }));
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { Transports = ["websocket"] });
        var socket = manager.Socket();
        var trace = new Trace();
        int running = 0;
        socket.On("e", async (int i) =>
        {
            Assert.Equal(1, Interlocked.Increment(ref running));
            if (i % 10 == 0) await Task.Yield();
            trace.Add($"{i}");
            Interlocked.Decrement(ref running);
        });
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync(100);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => $"{i}"), trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-NET-14")]
    public async Task AHandlerMayAwaitAnAcknowledgementOrADisconnection()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(async socket =>
        {
            socket.OnRequest("add", (int a, int b) => a + b);
            await socket.EmitAsync("go");
        }));
        await using var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        var trace = new Trace();
        socket.OnDisconnected(info => trace.Add(info.Reason));
        socket.On("go", async () =>
        {
            trace.Add($"{await socket.EmitWithAckAsync<int>("add", 1, 2)}");
            await socket.DisconnectAsync();
            trace.Add("left");
        });
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync("left");
        await trace.UntilAsync("io client disconnect");
        Assert.Equal("3", trace.Lines[0]);
    }

    [Fact, Trait("Spec", "CLI-NET-14")]
    public async Task AHandlerMayBlockOnItsAcknowledgement()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(async socket =>
        {
            socket.OnRequest("add", (int a, int b) => a + b);
            await socket.EmitAsync("go");
        }));
        await using var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        var trace = new Trace();
#pragma warning disable xUnit1031 // What must not hang is just that.
        socket.On("go", () => trace.Add($"{socket.EmitWithAckAsync<int>("add", 1, 2).GetAwaiter().GetResult()}"));
#pragma warning restore xUnit1031
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync("3");
    }

    [Fact, Trait("Spec", "CLI-NET-06"), Trait("Spec", "CLI-MGR-06"), Trait("Spec", "CLI-ROB-04")]
    public async Task AHandlerThatThrowsEndsNothing()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(async socket =>
        {
            await socket.EmitAsync("bad", 1);
            await socket.EmitAsync("late", 1);
            await socket.EmitAsync("type", "no number");
            await socket.EmitAsync("good");
        }));
        await using var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        var errors = new Trace();
        var trace = new Trace();
        manager.OnHandlerError(error => errors.Add($"{error.EventName} {error.Exception.GetType().Name}"));
        socket.OnConnected(() => throw new InvalidOperationException());
        socket.On("bad", () => throw new InvalidOperationException());
        socket.On("late", async () =>
        {
            await Task.Yield();
            throw new InvalidOperationException();
        });
        socket.On("type", (int _) => trace.Add("type"));
        socket.On("good", () => trace.Add("good"));
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync("good");
        await errors.UntilAsync(4);
        Assert.Equal(
            ["bad InvalidOperationException", "connect InvalidOperationException", "late InvalidOperationException", "type EventBindingException"],
            errors.Lines.Order());
        Assert.Equal(["good"], trace.Lines);
        Assert.True(socket.Connected);
    }

    [Fact, Trait("Spec", "CLI-NET-05")]
    public async Task HandlersRunInTheContextThatIsAskedFor()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => socket.EmitAsync("e")));
        using var context = new LoopContext();
        await using var manager = new SocketManager(server.Address, new SocketManagerOptions { SynchronizationContext = context });
        var socket = manager.Socket();
        var threads = new Trace();
        socket.OnConnected(() => threads.Add($"{Environment.CurrentManagedThreadId}"));
        socket.On("e", async () =>
        {
            await Task.Yield();
            threads.Add($"{Environment.CurrentManagedThreadId}");
        });
        await socket.ConnectAsync().WithDeadline();
        await threads.UntilAsync(2);
        Assert.Equal([context.ThreadId, context.ThreadId], threads.Lines.Select(int.Parse));
    }

    [Fact, Trait("Spec", "CLI-EMIT-11"), Trait("Spec", "CLI-NET-12"), Trait("Spec", "CLI-ACK-10")]
    public async Task ManyThreadsEmitAtOnce()
    {
        const int Threads = 16, Events = 100;
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
            socket.OnRequest("sum", (byte[] a, int n, byte[] b) => a.Length == n && b.Length == n && a.SequenceEqual(b) ? n : -1)));
        await using var manager = new SocketManager(server.Address);
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(async () =>
        {
            for (int i = 0; i < Events; i++)
            {
                byte[] bytes = new byte[(thread * 7) + i];
                Array.Fill(bytes, (byte)thread);
                Assert.Equal(bytes.Length, await socket.EmitWithAckAsync<int>("sum", bytes, bytes.Length, bytes));
            }
        }))).WithDeadline("the answers", TimeSpan.FromSeconds(30));
    }

    /// <summary>A thread of its own, as a user interface has.</summary>
    private sealed class LoopContext : SynchronizationContext, IDisposable
    {
        private readonly System.Collections.Concurrent.BlockingCollection<(SendOrPostCallback Callback, object? State)> _works = [];

        public LoopContext()
        {
            var thread = new Thread(() =>
            {
                SetSynchronizationContext(this);
                foreach (var (callback, state) in _works.GetConsumingEnumerable()) callback(state);
            })
            { IsBackground = true };
            ThreadId = thread.ManagedThreadId;
            thread.Start();
        }

        public int ThreadId { get; }

        public override void Post(SendOrPostCallback d, object? state)
        {
            try
            {
                _works.Add((d, state));
            }
            catch (InvalidOperationException)
            {
                // Over.
            }
        }

        public void Dispose() => _works.CompleteAdding();
    }
}
