using SocketIO.Events;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Events;

public sealed class ConcurrencyTests
{
    private const int Threads = 8;

    [Fact]
    public async Task Nothing_registered_is_lost_and_nothing_removed_stays()
    {
        var socket = new Socket();
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 200; i++)
            {
                var kept = $"kept{i % 20}";
                socket.On(kept, () => { });
                var shared = socket.On("shared", () => { });
                var own = socket.On($"own{thread}", () => { });
                var any = socket.OnAny(_ => { });
                socket.OnAnyOutgoing(_ => { });
                shared.Dispose();
                own.Dispose();
                any.Dispose();
            }
        })));
        Assert.Equal(20, socket.EventNames.Count);
        for (var i = 0; i < 20; i++) Assert.Equal(Threads * 10, socket.GetHandlers($"kept{i}").Count);
        Assert.Empty(socket.AnyHandlers);
        Assert.Equal(Threads * 200, socket.AnyOutgoingHandlers.Count);
    }

    [Fact]
    public async Task Once_is_once_whoever_comes_first()
    {
        var table = new ListenerTable();
        var calls = 0;
        var errors = new Socket();
        for (var round = 0; round < 200; round++)
        {
            table.Add("e", new Counter(() => Interlocked.Increment(ref calls)), once: true);
            await Task.WhenAll(Enumerable.Range(0, Threads).Select(_ => Task.Run(async () =>
            {
                var arguments = EventArguments.ForEvent(new("""["e"]"""u8.ToArray()), PayloadSerializer.Default);
                if (table.Find(arguments) is { } group) await group.InvokeAsync(new(arguments, Ack.None, null), errors);
            })));
        }

        Assert.Equal(200, calls);
        Assert.Null(table.Find("e"));
    }

    [Fact]
    public async Task Dispatch_sees_handlers_that_stay_while_others_come_and_go()
    {
        var socket = new Socket();
        var calls = 0;
        for (var i = 0; i < 12; i++) socket.On($"stay{i}", () => Interlocked.Increment(ref calls));
        using var stop = new CancellationTokenSource();
        var changing = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
            {
                using var first = socket.On("come", () => { });
                using var second = socket.On("stay3", () => { });
            }
        });
        for (var i = 0; i < 12_000; i++) await socket.ReceiveAsync($"[\"stay{i % 12}\"]");
        await stop.CancelAsync();
        await changing;
        Assert.Equal(12_000, calls);
        Assert.Equal(12, socket.EventNames.Count);
    }

    [Fact]
    [Trait("Spec", "SRV-EMIT-07")]
    public async Task One_serializer_serves_all_threads()
    {
        await Task.WhenAll(Enumerable.Range(0, Threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < 500; i++)
            {
                var expected = $$$"""451-["e",{{{thread}}},{"b":{"_placeholder":true,"num":0}},"{{{i}}}"] <{{{thread:x2}}}>""";
                Assert.Equal(expected, Wire.EncodeEvent("e", thread, new { b = new[] { (byte)thread } }, $"{i}"));
            }
        })));
    }

    private sealed class Counter(Action handler) : EventListener(handler)
    {
        public override ValueTask InvokeAsync(in EventInvocation invocation)
        {
            handler();
            return default;
        }
    }
}
