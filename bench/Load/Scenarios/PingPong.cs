using Load.Messages;
using Load.Running;
using Load.Sockets;
using Load.WebSockets;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>Every client sends, and receives an answer of its own, in order.</summary>
internal sealed class PingPong(string row, int connections, int inFlight, Func<IWire, int, Dialogue> dialogue)
    : ThroughputScenario(row), IConnectionObserver
{
    private Crowd? _crowd;
    private Request[] _requests = [];
    private Expectation[] _answers = [];

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        if (!_answers[connection.Index].Accept(connection.Index, message, isBinary)) return;
        Count();
        if (End()) Send(connection);
    }

    protected override void Open(ServerProcess server, EventLoop loop)
    {
        var dialogues = Enumerable.Range(0, connections).Select(connection => dialogue(server.Kind.Wire, connection)).ToArray();
        _requests = Array.ConvertAll(dialogues, dialogue => Request.OfFrames(dialogue.Request));
        _answers = Array.ConvertAll(dialogues, dialogue => new Expectation(dialogue.Answer));
        _crowd = new(server, loop);
        _crowd.Open(connections, this);
    }

    protected override void Start()
    {
        foreach (var connection in _crowd!.Connections)
        {
            for (var i = 0; i < inFlight; i++) Send(connection);
            connection.Flush();
        }
    }

    protected override void Close() => _crowd!.Close();

    private void Send(WebSocketConnection connection)
    {
        connection.Write(_requests[connection.Index]);
        Begin();
    }
}
