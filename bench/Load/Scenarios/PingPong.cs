using Load.Messages;
using Load.WebSockets;
using Load.Wires;

namespace Load.Scenarios;

/// <summary>Every client sends, and receives an answer of its own, in order.</summary>
internal sealed class PingPong(string row, int connections, int inFlight, Func<IWire, int, Dialogue> dialogue)
    : ThroughputScenario(row, connections)
{
    private Request[] _requests = [];
    private Expectation[] _answers = [];

    public override void Receive(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        if (!_answers[connection.Index].Accept(connection.Index, message, isBinary)) return;
        Count(1);
        if (End()) Send(connection);
    }

    protected override void Prepare(Crowd crowd, IWire wire)
    {
        var dialogues = crowd.Connections.Select(connection => dialogue(wire, connection.Index)).ToArray();
        _requests = Array.ConvertAll(dialogues, dialogue => new Request(dialogue.Request));
        _answers = Array.ConvertAll(dialogues, dialogue => new Expectation(dialogue.Answer));
    }

    protected override void Start(Crowd crowd)
    {
        foreach (var connection in crowd.Connections)
        {
            for (var i = 0; i < inFlight; i++) Send(connection);
            connection.Flush();
        }
    }

    private void Send(WebSocketConnection connection)
    {
        connection.Write(_requests[connection.Index]);
        Begin();
    }
}
