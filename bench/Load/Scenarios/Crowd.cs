using Load.Running;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>Open WebSocket connections to one server.</summary>
internal sealed class Crowd : IDisposable
{
    private const int AtOnce = 64;

    private readonly List<WebSocketConnection> _connections = [];
    private readonly ServerProcess _server;

    public Crowd(ServerProcess server) => _server = server;

    public EventLoop Loop { get; } = new();

    public IReadOnlyList<WebSocketConnection> Connections => _connections;

    /// <summary>Opens as many connections, and returns when all are open.</summary>
    public void Open(int count, IMessageReceiver receiver)
    {
        var target = _connections.Count + count;
        while (_connections.Count < target)
        {
            var first = _connections.Count;
            for (var i = first; i < Math.Min(first + AtOnce, target); i++)
            {
                var connection = new WebSocketConnection(i, _server.Kind.Wire, receiver);
                connection.Open(Loop, _server.Port, number: i);
                _connections.Add(connection);
            }

            Loop.RunUntil(() => _connections.TrueForAll(first, connection => connection.IsOpen), "opening connections");
        }
    }

    /// <summary>Closes all as a client does, and returns when the server has agreed.</summary>
    public void Close()
    {
        foreach (var connection in _connections) connection.SendClose();
        Loop.RunUntil(() => _connections.TrueForAll(0, connection => connection.HasEnded), "closing connections");
        foreach (var connection in _connections) connection.Dispose();
    }

    public void Dispose() => Loop.Dispose();
}
