using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>A reader that waits for a handler which does not return goes with its connection.</summary>
public sealed class StuckReaderTests
{
    [Theory, Trait("Spec", "CLI-NET-14"), Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-ROB-02")]
    [InlineData("socket"), InlineData("manager"), InlineData("engine"), InlineData("heartbeat"), InlineData("dispose")]
    public async Task ItIsLetGo(string end)
    {
        var time = new FakeTimeProvider();
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager(options =>
        {
            options.MaxQueuedEvents = 1;
            options.TimeProvider = time;
        });
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var trace = new Trace();
        var socket = manager.Socket();
        socket.On("e", async (int n) =>
        {
            trace.Add($"e{n}");
            await release.Task;
        });
        await socket.ConnectAsync().WithDeadline();
        var engine = manager.Engine!;
        var received = new Trace();
        engine.PacketReceived += packet => received.Add(System.Text.Encoding.UTF8.GetString(packet.Data.Span));
        for (var n = 0; n < 3; n++) await server.SendAsync($"42[\"e\",{n}]");
        await trace.UntilAsync("e0");
        // Behind it nothing is read.
        await received.UntilAsync("2[\"e\",1]");
        switch (end)
        {
            case "socket": socket.Disconnect(); break;
            case "manager": manager.Disconnect(); break;
            case "engine": engine.Abort(); break;
            case "heartbeat": time.Advance(TimeSpan.FromSeconds(46)); break;
            default: _ = manager.DisposeAsync().AsTask(); break;
        }

        // Goodbyes that nobody answers have a limit of their own.
        await Deadline.UntilAsync(
            () =>
            {
                time.Advance(TimeSpan.FromSeconds(1));
                return engine.Completion.IsCompleted;
            },
            "the end of the session");
        if (end == "dispose") return;
        release.SetResult();
        // What was read is handled, also over the next connection.
        await trace.UntilAsync("e1");
        Assert.DoesNotContain("e2", trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-NET-14"), Trait("Spec", "CLI-RECV-06")]
    public async Task TheOtherNamespacesGoOn()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager(options => options.MaxQueuedEvents = 1);
        var trace = new Trace();
        var socket = manager.Socket();
        var other = manager.Socket("/other");
        socket.On("e", () =>
        {
            trace.Add("e");
            return new TaskCompletionSource().Task;
        });
        other.On("e", () => trace.Add("other"));
        await socket.ConnectAsync().WithDeadline();
        await other.ConnectAsync().WithDeadline();
        for (var n = 0; n < 3; n++) await server.SendAsync("42[\"e\"]");
        await server.SendAsync("42/other,[\"e\"]");
        await trace.UntilAsync("e");
        Assert.Equal(["e"], trace.Lines);
        socket.Disconnect();
        await trace.UntilAsync("other");
    }
}
