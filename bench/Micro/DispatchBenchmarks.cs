using BenchmarkDotNet.Attributes;
using SocketIO;

namespace Micro;

/// <summary>From a packet of the transport to the handler, and what the handler answers to the transport.</summary>
public class DispatchBenchmarks
{
    private static readonly ReadOnlyMemory<byte> Event = "42[\"event\",\"hello, world\"]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Text = "42[\"text\",\"hello, world\"]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Echo = "42[\"echo\",\"hello, world\"]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Request = "421[\"request\",\"hello, world\"]"u8.ToArray();
    private static readonly ReadOnlyMemory<byte> Unknown = "42[\"unknown\",\"hello, world\"]"u8.ToArray();

    private NullTransport _transport = null!;
    private int _calls;

    [GlobalSetup]
    public async Task SetupAsync()
    {
        var crowd = await Crowd.GatherAsync(1);
        _transport = crowd.Transports[0];
        var socket = crowd.Sockets[0];
        socket.On("event", () => Count(1));
        socket.On<string>("text", text => Count(text.Length));
        socket.On("echo", () => socket.EmitAsync("echo", "hello, world"));
        socket.OnRequest("request", () => new ValueTask<string>("hello, world"));

        ValueTask Count(int calls)
        {
            _calls += calls;
            return default;
        }
    }

    [Benchmark]
    public ValueTask Call() => _transport.ReceiveAsync(Event);

    [Benchmark]
    public ValueTask CallWithString() => _transport.ReceiveAsync(Text);

    [Benchmark]
    public ValueTask CallAndEmit() => _transport.ReceiveAsync(Echo);

    [Benchmark]
    public ValueTask CallAndAcknowledge() => _transport.ReceiveAsync(Request);

    [Benchmark]
    public ValueTask CallNobody() => _transport.ReceiveAsync(Unknown);
}
