using System.Runtime.CompilerServices;
using SocketIO.Client.Internal;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>An acknowledgement that comes while its limits are being set leaves neither a timer nor a registration behind.</summary>
public sealed class AckRaceTests
{
    private const int Rounds = 2_000;

    private static readonly TimeSpan s_long = TimeSpan.FromHours(1);

    [Fact, Trait("Spec", "CLI-ACK-02"), Trait("Spec", "CLI-NET-12")]
    public async Task OneThatIsThereBeforeItsLimits()
    {
        var time = new TimerCount();
        await using var manager = new SocketManager(new Uri("http://localhost"), new SocketManagerOptions { TimeProvider = time });
        using var cancellation = new CancellationTokenSource();
        var ack = Complete(manager.Socket(), cancellation.Token);
        Assert.Equal(0, time.Living);
        GC.Collect();
        Assert.False(ack.IsAlive, "The token remembers the acknowledgement.");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Complete(ClientSocket socket, CancellationToken token)
        {
            var ack = new PendingAck(socket);
            ack.Complete(default);
            ack.Start(s_long, token);
            Assert.True(ack.Task.IsCompletedSuccessfully);
            return new WeakReference(ack);
        }
    }

    [Fact, Trait("Spec", "CLI-ACK-02"), Trait("Spec", "CLI-NET-12")]
    public async Task OneThatComesAtTheSameTime()
    {
        var time = new TimerCount();
        await using var manager = new SocketManager(new Uri("http://localhost"), new SocketManagerOptions { TimeProvider = time });
        var socket = manager.Socket();
        using var cancellation = new CancellationTokenSource();
        using var barrier = new Barrier(2);
        var acks = Enumerable.Range(0, Rounds).Select(_ => new PendingAck(socket)).ToArray();
        var completing = Task.Factory.StartNew(
            () =>
            {
                foreach (var ack in acks)
                {
                    barrier.SignalAndWait();
                    if (ack.GetHashCode() % 2 == 0) ack.Complete(default);
                    else ack.Fail(new AckTimeoutException());
                }
            },
            TaskCreationOptions.LongRunning);
        foreach (var ack in acks)
        {
            barrier.SignalAndWait();
            ack.Start(s_long, cancellation.Token);
        }

        await completing;
        Assert.Equal(0, time.Living);
        // Whoever is still registered would look for its acknowledgement under the gate, and change nothing.
        await cancellation.CancelAsync();
        Assert.All(acks, ack => Assert.False(ack.Task.IsCanceled));
    }

    [Fact, Trait("Spec", "CLI-ACK-02"), Trait("Spec", "CLI-ACK-10"), Trait("Spec", "CLI-NET-12")]
    public async Task OneThatIsGivenUpWhenItComes()
    {
        var time = new TimerCount();
        await using var server = new FakeServer(packet => packet.StartsWith("42", StringComparison.Ordinal) ? [$"43{packet[2..packet.IndexOf('[', StringComparison.Ordinal)]}[1]"] : []);
        await using var manager = server.CreateManager(options => options.TimeProvider = time);
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        var idle = time.Living;
        int answered = 0, cancelled = 0;
        for (var round = 0; round < 500; round++)
        {
            using var cancellation = new CancellationTokenSource();
            var answer = socket.Timeout(s_long).EmitWithAckAsync<int>("e", cancellation.Token);
            if (round % 2 == 0) await server.UntilCountAsync(round + 2);
            cancellation.Cancel();
            try
            {
                Assert.Equal(1, await answer.WithDeadline());
                answered++;
            }
            catch (OperationCanceledException)
            {
                cancelled++;
            }
        }

        Assert.Equal(500, answered + cancelled);
        Assert.False(socket.AwaitsAck);
        Assert.True(time.Living <= idle, $"{time.Living} timers, {idle} before");
    }

    /// <summary>Counts the timers that nobody has disposed of.</summary>
    private sealed class TimerCount : TimeProvider
    {
        private int _living;

        public int Living => Volatile.Read(ref _living);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Interlocked.Increment(ref _living);
            return new Timer(this, base.CreateTimer(callback, state, dueTime, period));
        }

        private sealed class Timer(TimerCount owner, ITimer inner) : ITimer
        {
            private int _isDisposed;

            public bool Change(TimeSpan dueTime, TimeSpan period) => inner.Change(dueTime, period);

            public void Dispose()
            {
                if (Interlocked.Exchange(ref _isDisposed, 1) == 0) Interlocked.Decrement(ref owner._living);
                inner.Dispose();
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return default;
            }
        }
    }
}
