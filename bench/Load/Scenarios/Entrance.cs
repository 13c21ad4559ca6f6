using Load.Messages;
using Load.Sockets;
using Load.WebSockets;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>Lets every member of a crowd join its rooms, one after the other; what comes afterwards is for the next observer.</summary>
internal sealed class Entrance(IWire wire, Func<int, IEnumerable<int>> joins, IConnectionObserver next) : IConnectionObserver
{
    private IEnumerator<int>[] _rooms = [];
    private Expectation[] _joined = [];
    private int _missing;
    private bool _isDone;

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        if (_isDone) next.OnMessage(connection, message, isBinary);
        else if (_joined[connection.Index].Accept(connection.Index, message, isBinary)) JoinNext(connection);
    }

    public void Join(Crowd crowd, EventLoop loop)
    {
        _rooms = [.. crowd.Connections.Select(connection => joins(connection.Index).GetEnumerator())];
        _joined = new Expectation[_rooms.Length];
        _missing = _rooms.Length;
        foreach (var connection in crowd.Connections)
        {
            JoinNext(connection);
            connection.Flush();
        }

        loop.RunUntil(() => _missing == 0, "joining rooms");
        _isDone = true;
    }

    private void JoinNext(WebSocketConnection connection)
    {
        if (!_rooms[connection.Index].MoveNext())
        {
            _missing--;
            return;
        }

        var dialogue = Dialogue.Join(wire, _rooms[connection.Index].Current);
        _joined[connection.Index] = new(dialogue.Answer);
        connection.Write(Request.OfFrames(dialogue.Request));
    }
}
