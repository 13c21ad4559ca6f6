using SocketIO.Client.Internal;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>One thing after the other, whatever they throw.</summary>
public sealed class DispatcherTests
{
    [Theory, Trait("Spec", "CLI-NET-06"), Trait("Spec", "CLI-ROB-04")]
    [InlineData(false), InlineData(true)]
    public async Task WhatThrowsIsReportedAndTheNextOneRuns(bool hasContext)
    {
        var trace = new Trace();
        var dispatcher = new Dispatcher(hasContext ? new SynchronizationContext() : null, error => trace.Add($"error {error.Message}"));
        for (var i = 0; i < 200; i++)
        {
            dispatcher.Post(static (_, number) => throw new InvalidOperationException($"{number}"), this, i);
            dispatcher.Post(static (trace, number) => ((Trace)trace).Add($"{number}"), trace, i);
        }

        await dispatcher.WhenIdleAsync().WithDeadline();
        Assert.Equal(Enumerable.Range(0, 200).SelectMany(i => (string[])[$"error {i}", $"{i}"]), trace.Lines);
        Assert.Equal(0, dispatcher.Backlog);
        Assert.True(dispatcher.WhenIdleAsync().IsCompleted);
    }

    [Fact, Trait("Spec", "CLI-NET-05"), Trait("Spec", "CLI-ROB-04")]
    public async Task AContextThatIsGoneIsReportedAndHoldsNobodyUp()
    {
        var trace = new Trace();
        var context = new WindowContext();
        var dispatcher = new Dispatcher(context, error => trace.Add(error.Message));
        context.IsGone = true;
        for (var i = 0; i < 3; i++)
        {
            dispatcher.Post(static (_, _) => { }, this);
            await dispatcher.WhenIdleAsync().WithDeadline();
            Assert.Equal(0, dispatcher.Backlog);
        }

        await trace.UntilAsync(3);
        context.IsGone = false;
        dispatcher.Post(static (trace, _) => ((Trace)trace).Add("back"), trace);
        await dispatcher.WhenIdleAsync().WithDeadline();
        Assert.Equal(["gone", "gone", "gone", "back"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-NET-05"), Trait("Spec", "CLI-DSP-01")]
    public async Task AClientOutlivesItsContext()
    {
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => { socket.OnRequest("echo", (int n) => n); }));
        var context = new WindowContext();
        var manager = new SocketManager(server.Address, new SocketManagerOptions { SynchronizationContext = context });
        var socket = manager.Socket();
        socket.OnConnected(() => { });
        socket.OnDisconnected(_ => { });
        await socket.ConnectAsync().WithDeadline();
        context.IsGone = true;
        Assert.Equal(5, await socket.EmitWithAckAsync<int>("echo", 5).WithDeadline());
        manager.Engine!.Abort();
        Assert.Equal(6, await socket.EmitWithAckAsync<int>("echo", 6).WithDeadline());
        await manager.DisposeAsync().AsTask().WithDeadline();
    }

    /// <summary>Refuses works once its window is closed.</summary>
    private sealed class WindowContext : SynchronizationContext
    {
        private volatile bool _isGone;

        public bool IsGone
        {
            get => _isGone;
            set => _isGone = value;
        }

        public override void Post(SendOrPostCallback d, object? state)
        {
            if (_isGone) throw new InvalidOperationException("gone");
            base.Post(d, state);
        }
    }
}
