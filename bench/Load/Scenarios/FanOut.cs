using Load.Messages;
using Load.WebSockets;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>
/// In each room the first member sends, and every member must receive it, in order; the next one goes out when one has reached all. An operation is one delivery.
/// </summary>
internal sealed class FanOut(string row, int rooms, int members, int inFlight, Func<IWire, int, Dialogue> dialogue, Func<IWire, int, Dialogue>? join)
    : ThroughputScenario(row, rooms * members)
{
    private Request[] _requests = []; // of the rooms
    private Expectation[] _joined = [];
    private Expectation[] _deliveries = []; // of the members
    private int _joins;
    private int[] _received = []; // how many messages a member has received
    private int[] _arrived = []; // how many members a message has reached: for each room and message in flight
    private WebSocketConnection[] _senders = [];

    public override void Receive(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        var member = connection.Index;
        if (_joins < _joined.Length)
        {
            if (_joined[member].Accept(member, message, isBinary)) _joins++;
            return;
        }

        if (!_deliveries[member].Accept(member, message, isBinary)) return;
        Count(1);
        var room = member / members;
        ref var arrived = ref _arrived[room * inFlight + _received[member]++ % inFlight];
        if (++arrived < members) return;
        arrived = 0;
        if (!End()) return;
        Send(room);
        if (connection != _senders[room]) _senders[room].Flush();
    }

    protected override void Prepare(Crowd crowd, IWire wire)
    {
        var dialogues = Enumerable.Range(0, rooms).Select(room => dialogue(wire, room)).ToArray();
        _requests = Array.ConvertAll(dialogues, dialogue => new Request(dialogue.Request));
        _senders = [.. Enumerable.Range(0, rooms).Select(room => crowd.Connections[room * members])];
        _deliveries = [.. crowd.Connections.Select(connection => new Expectation(dialogues[connection.Index / members].Answer))];
        _received = new int[crowd.Connections.Count];
        _arrived = new int[rooms * inFlight];
        if (join is not null) Join(crowd, wire);
    }

    protected override void Start(Crowd crowd)
    {
        for (var room = 0; room < rooms; room++)
        {
            for (var i = 0; i < inFlight; i++) Send(room);
            _senders[room].Flush();
        }
    }

    private void Join(Crowd crowd, IWire wire)
    {
        var joins = Enumerable.Range(0, crowd.Connections.Count).Select(member => join!(wire, member / members)).ToArray();
        _joined = Array.ConvertAll(joins, dialogue => new Expectation(dialogue.Answer));
        foreach (var connection in crowd.Connections)
        {
            connection.Write(new Request(joins[connection.Index].Request));
            connection.Flush();
        }

        crowd.Loop.RunUntil(() => _joins == _joined.Length, "joining rooms");
    }

    private void Send(int room)
    {
        _senders[room].Write(_requests[room]);
        Begin();
    }
}
