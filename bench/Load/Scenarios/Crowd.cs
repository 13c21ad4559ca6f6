using Load.Running;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>Open WebSocket connections to one server.</summary>
internal sealed class Crowd(ServerProcess server, EventLoop loop)
{
    private const int AtOnce = 64;

    private readonly List<WebSocketConnection> _connections = [];

    public IReadOnlyList<WebSocketConnection> Connections => _connections;

    /// <summary>Opens as many connections more, and returns when all are open.</summary>
    public void Open(int count, IConnectionObserver observer, int atOnce = AtOnce)
    {
        var target = _connections.Count + count;
        while (_connections.Count < target)
        {
            var first = _connections.Count;
            while (_connections.Count < Math.Min(first + atOnce, target)) Begin(observer);
            loop.RunUntil(() => Holds(first, connection => connection.IsOpen), "opening connections");
        }
    }

    /// <summary>Closes all as a client does, and returns when the server has agreed.</summary>
    public void Close()
    {
        foreach (var connection in _connections) connection.SendClose();
        loop.RunUntil(() => Holds(first: 0, connection => connection.HasEnded), "closing connections");
        Drop();
    }

    /// <summary>Closes all without a word.</summary>
    public void Drop()
    {
        foreach (var connection in _connections) connection.Dispose();
        _connections.Clear();
    }

    private void Begin(IConnectionObserver observer)
    {
        var connection = new WebSocketConnection(_connections.Count, server.Kind.Wire, observer);
        connection.Open(loop, server.Port);
        _connections.Add(connection);
    }

    private bool Holds(int first, Predicate<WebSocketConnection> condition) => _connections.FindIndex(first, connection => !condition(connection)) < 0;
}
