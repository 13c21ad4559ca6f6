using BenchmarkDotNet.Attributes;
using SocketIO;
using SocketIO.Cluster;
using SocketIO.Json;

namespace Micro;

/// <summary>The messages between the servers of a cluster: a broadcast, and the answer that lists ten sockets.</summary>
public class ClusterCodecBenchmarks
{
    private static readonly BroadcastMessage Broadcast = new(
        "emitter1", "/", PayloadSerializer.Default.SerializeEvent("news", ["hello, world"]), BroadcastOptions.All.To("lobby").Excluding("Kd7c2vW1aB3xYz0mAAAB"));

    private static readonly FetchSocketsResponse Sockets = new(
        "server01", "/", "request1",
        [.. Enumerable.Range(0, 10).Select(i => new SocketRecord(
            $"Kd7c2vW1aB3xYz0mAA{i:00}",
            PayloadSerializer.Default.SerializeValue(new Dictionary<string, object> { ["headers"] = new Dictionary<string, string> { ["host"] = "localhost" }, ["url"] = "/socket.io/" }),
            ["lobby"],
            PayloadSerializer.Default.SerializeValue(new Dictionary<string, object> { ["name"] = "Ada" })))]);

    private static readonly Payload WrittenBroadcast = ClusterCodec.Write(Broadcast);
    private static readonly Payload WrittenSockets = ClusterCodec.Write(Sockets);

    [Benchmark]
    public Payload WriteBroadcast() => ClusterCodec.Write(Broadcast);

    [Benchmark]
    public ClusterMessage? ReadBroadcast() => Read(WrittenBroadcast);

    [Benchmark]
    public Payload WriteSockets() => ClusterCodec.Write(Sockets);

    [Benchmark]
    public ClusterMessage? ReadSockets() => Read(WrittenSockets);

    private static ClusterMessage Read(Payload envelope) =>
        ClusterCodec.TryRead(envelope, out var message, out var error) ? message : throw new InvalidOperationException(error);
}
