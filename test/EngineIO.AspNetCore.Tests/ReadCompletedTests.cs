using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests;

/// <summary>The end of one read is told once, by the transport that read, after its last message.</summary>
public sealed class ReadCompletedTests
{
    [Fact]
    [Trait("Spec", "EIO-UPG-03")]
    public async Task Probing_WebSocket_does_not_end_a_polled_payload()
    {
        var handler = new RecordingHandler();
        await using var server = await StartAsync(handler);
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress);
        await using var webSocket = await RawWebSocket.ConnectAsync(server.BaseAddress, polling.UpgradeTarget);

        var post = polling.PostAsync("4a");
        await handler.Entered.Task.WithDeadline("the message to be handled");
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendFrameAsync(WebSocketOpcode.Ping, "x"u8.ToArray());
        Assert.Equal(WebSocketOpcode.Pong, (await webSocket.ReceiveAsync()).Opcode);
        handler.Proceed.SetResult();

        Assert.Equal("ok", (await post).Text);
        Assert.Equal(["a", "read"], handler.Calls);
    }

    [Fact]
    public async Task Read_ends_after_a_message_that_was_waited_for()
    {
        var handler = new RecordingHandler { Waits = true };
        await using var server = await StartAsync(handler);
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress);

        var post = polling.PostAsync("4a");
        await handler.Entered.Task.WithDeadline("the message to be handled");
        handler.Proceed.SetResult();

        Assert.Equal("ok", (await post).Text);
        Assert.Equal(["a", "read"], handler.Calls);
    }

    private static Task<WebServer> StartAsync(IEngineSessionHandler handler) => WebServer.StartAsync(
        builder => builder.Services.AddEngineIO(),
        app => app.MapEngineIO().OnConnection(session => session.Handler = handler));

    /// <summary>Holds its first message back: its thread, or where <see cref="Waits"/> is set, only the task.</summary>
    private sealed class RecordingHandler : IEngineSessionHandler
    {
        private readonly List<string> _calls = [];

        public bool Waits { get; init; }

        public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public TaskCompletionSource Proceed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public IReadOnlyList<string> Calls
        {
            get
            {
                lock (_calls) return [.. _calls];
            }
        }

        public async ValueTask OnMessageAsync(EngineMessage message)
        {
            Entered.SetResult();
            if (Waits) await Proceed.Task;
            else Assert.True(((IAsyncResult)Proceed.Task).AsyncWaitHandle.WaitOne(Deadline.Default));
            Record(message.ToString());
        }

        public void OnReadCompleted() => Record("read");

        public void OnClosed(string reason, Exception? error)
        {
        }

        private void Record(string call)
        {
            lock (_calls) _calls.Add(call);
        }
    }
}
