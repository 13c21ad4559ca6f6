using Load.Messages;
using Load.Running;
using Load.Sockets;
using Load.WebSockets;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>
/// In each room the first member sends, and every member must receive it, in order; the next one goes out when one has reached all. An operation is one delivery.
/// </summary>
internal sealed class FanOut(string row, int rooms, int members, int inFlight, Func<IWire, int, Dialogue> dialogue)
    : ThroughputScenario(row), IConnectionObserver
{
    private readonly int[] _received = new int[rooms * members]; // how many messages a member has received
    private readonly int[] _arrived = new int[rooms * inFlight]; // how many members a message in flight has reached
    private Crowd? _crowd;
    private Request[] _requests = [];
    private Expectation[] _deliveries = [];

    /// <summary>The rooms that a member joins; none for a broadcast to everybody.</summary>
    public Func<int, IEnumerable<int>> Joins { get; init; } = _ => [];

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        var member = connection.Index;
        if (!_deliveries[member].Accept(member, message, isBinary)) return;
        Count();
        var room = member / members;
        ref var arrived = ref _arrived[room * inFlight + _received[member]++ % inFlight];
        if (++arrived < members) return;
        arrived = 0;
        if (!End()) return;
        Send(room);
        if (connection != Sender(room)) Sender(room).Flush();
    }

    protected override void Open(ServerProcess server, EventLoop loop)
    {
        var dialogues = Enumerable.Range(0, rooms).Select(room => dialogue(server.Kind.Wire, room)).ToArray();
        _requests = Array.ConvertAll(dialogues, dialogue => Request.OfFrames(dialogue.Request));
        _deliveries = [.. Enumerable.Range(0, rooms * members).Select(member => new Expectation(dialogues[member / members].Answer))];
        _crowd = new(server, loop);
        var entrance = new Entrance(server.Kind.Wire, Joins, this);
        _crowd.Open(rooms * members, entrance);
        entrance.Join(_crowd, loop);
    }

    protected override void Start()
    {
        for (var room = 0; room < rooms; room++)
        {
            for (var i = 0; i < inFlight; i++) Send(room);
            Sender(room).Flush();
        }
    }

    protected override void Close() => _crowd!.Close();

    private WebSocketConnection Sender(int room) => _crowd!.Connections[room * members];

    private void Send(int room)
    {
        Sender(room).Write(_requests[room]);
        Begin();
    }
}
