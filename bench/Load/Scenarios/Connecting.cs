using System.Diagnostics;
using Load.Running;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>Clients that connect, open the protocol up to the first message, and close again, a number of them at once.</summary>
internal sealed class Connecting(string row, int atOnce) : IScenario, IConnectionObserver
{
    private readonly Queue<WebSocketConnection> _ended = new();
    private long _connected;
    private bool _isStopping;

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var loop = new EventLoop();
        for (var i = 0; i < atOnce; i++) Begin(new(i, server.Kind.Wire, this));
        RunFor(settings.Warmup);
        var (connected, cpu) = (_connected, CpuWindow.Begin(server));
        RunFor(settings.Window);
        var microseconds = cpu.End(_connected - connected, settings);

        _isStopping = true;
        loop.RunUntil(() => _ended.Count == atOnce, "closing connections");
        foreach (var connection in _ended) connection.Dispose();
        return [new(row, microseconds)];

        void RunFor(TimeSpan time)
        {
            var end = Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency);
            while (Stopwatch.GetTimestamp() < end)
            {
                loop.Turn(milliseconds: 10);
                while (_ended.TryDequeue(out var connection))
                {
                    connection.Dispose();
                    Begin(connection);
                }
            }
        }

        void Begin(WebSocketConnection connection) => connection.Open(loop, server.Port);
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary) =>
        throw new LoadException("a message that nothing asked for");

    public void OnOpen(WebSocketConnection connection)
    {
        if (!_isStopping) _connected++;
        connection.SendClose();
    }

    public void OnEnd(WebSocketConnection connection) => _ended.Enqueue(connection);
}
