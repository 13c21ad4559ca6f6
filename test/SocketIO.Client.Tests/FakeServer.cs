using System.Collections.Concurrent;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>A server over WebSocket that grants every namespace and writes down what comes; a test decides about the answers.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly ConcurrentQueue<string> _received = new();
    private readonly ScriptedServer _server;
    private volatile ScriptedWebSocket? _last;

    /// <param name="answer">Gives the packets that answer a packet, without their leading 4.</param>
    /// <param name="grant">The answer to a CONNECT; by default a new id for the namespace.</param>
    public FakeServer(Func<string, string[]> answer, Func<string, string[]>? grant = null)
    {
        int ids = 0;
        grant ??= packet => [$"40{NamespaceOf(packet)}{{\"sid\":\"s{Interlocked.Increment(ref ids)}\"}}"];
        _server = ScriptedServer.Start(async exchange =>
        {
            var socket = await exchange.UpgradeAsync();
            _last = socket;
            await socket.SendTextAsync("0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}");
            while (true)
            {
                var frame = await socket.ReceiveAsync();
                if (frame.IsEnd) break;
                string packet = frame.Opcode == WebSocketOpcode.Text ? frame.Text : $"<{frame.Data.Length} bytes>";
                _received.Enqueue(packet);
                foreach (string reply in packet.StartsWith("40", StringComparison.Ordinal) ? grant(packet) : answer(packet)) await socket.SendTextAsync(reply);
            }
        });
    }

    /// <summary>The packets so far.</summary>
    public IReadOnlyList<string> Received => [.. _received];

    public Uri Address => _server.Address;

    public SocketManager CreateManager(Action<SocketManagerOptions>? configure = null)
    {
        var options = new SocketManagerOptions { Transports = ["websocket"], ReconnectionDelay = TimeSpan.FromMilliseconds(10), RandomizationFactor = 0 };
        configure?.Invoke(options);
        return new SocketManager(Address, options);
    }

    public Task UntilAsync(string packet) => Deadline.UntilAsync(() => _received.Contains(packet), $"{packet} after {string.Join(" | ", _received)}");

    public Task UntilCountAsync(int count) => Deadline.UntilAsync(() => _received.Count >= count, $"{count} packets");

    public Task SendAsync(string packet) => _last!.SendTextAsync(packet);

    /// <summary>Resets the newest connection.</summary>
    public void Cut() => _last!.Wire.Reset();

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static string NamespaceOf(string packet)
    {
        int comma = packet.IndexOf(',', StringComparison.Ordinal);
        return packet.Length > 2 && packet[2] == '/' ? packet[2..(comma < 0 ? packet.Length : comma)] + "," : "";
    }
}
