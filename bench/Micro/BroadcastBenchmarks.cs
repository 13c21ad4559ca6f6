using BenchmarkDotNet.Attributes;
using SocketIO;
using SocketIO.AspNetCore;

namespace Micro;

/// <summary>One event to many sockets: one encoding, and a queue each.</summary>
public class BroadcastBenchmarks
{
    private SocketIOServer _server = null!;
    private BroadcastOperator _room = null!, _others = null!;

    [Params(1, 100, 1000)]
    public int Sockets { get; set; }

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var crowd = await Crowd.GatherAsync(Sockets);
        foreach (var socket in crowd.Sockets) await socket.JoinAsync("room");
        _server = crowd.Server;
        _room = crowd.Server.To("room");
        _others = crowd.Sockets[0].Broadcast;
    }

    [Benchmark]
    public ValueTask ToAll() => _server.EmitAsync("news", "hello, world");

    [Benchmark]
    public ValueTask ToRoom() => _room.EmitAsync("news", "hello, world");

    [Benchmark]
    public ValueTask ToOthers() => _others.EmitAsync("news", "hello, world");
}
