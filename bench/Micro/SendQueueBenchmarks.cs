using BenchmarkDotNet.Attributes;
using EngineIO;
using EngineIO.AspNetCore;
using EngineIO.AspNetCore.Sending;

namespace Micro;

/// <summary>The queue of a session by itself, and behind the session's lock and flush.</summary>
public class SendQueueBenchmarks
{
    private const int Batch = 16;

    private static readonly EngineFrame Frame = EngineFrame.Message("2[\"news\",\"hello, world\"]");
    private static readonly ReadOnlyMemory<EngineFrame> Attachment = new[] { EngineFrame.Binary(new byte[1024]) };

    private readonly SendQueue _queue = new(maxPackets: 1000, maxBytes: 1 << 20);
    private EngineSession _session = null!;

    [GlobalSetup]
    public async Task SetupAsync() => _session = (await Crowd.GatherAsync(1)).Sockets[0].Connection;

    [Benchmark(OperationsPerInvoke = Batch)]
    public int AddAndTake() => AddAndTake(default);

    [Benchmark(OperationsPerInvoke = Batch)]
    public int AddAndTakeWithAttachment() => AddAndTake(Attachment);

    [Benchmark]
    public void Post() => _session.Post(Frame);

    [Benchmark]
    public ValueTask Send() => _session.SendAsync(Frame);

    private int AddAndTake(ReadOnlyMemory<EngineFrame> rest)
    {
        for (var i = 0; i < Batch; i++) _queue.TryAdd(new MessageGroup(Frame, rest, Compress: true));
        var batch = _queue.TakeAll();
        var count = batch.Count;
        _queue.Return(batch);
        return count;
    }
}
