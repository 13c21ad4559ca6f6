using Load.Messages;
using Load.Polling;
using Load.Running;
using Load.Sockets;

namespace Load.Scenarios;

/// <summary>Over long-polling, a client posts a message, then gets its echo: two requests on a connection that stays open.</summary>
internal sealed class PollingRoundTrip(string row, int connections) : ThroughputScenario(row)
{
    private readonly List<(PollingConnection Connection, string Path)> _sessions = [];
    private IPollingWire? _wire;

    protected override void Open(ServerProcess server, EventLoop loop)
    {
        _wire = server.Kind.Polling ?? throw new LoadException("it has no long-polling");
        for (var i = 0; i < connections; i++)
        {
            var connection = new PollingConnection(i, loop, OnReceived);
            connection.Open(server.Port);
            var path = _wire.Open(connection);
            var dialogue = Dialogue.Echo(server.Kind.Wire, i);
            connection.Begin(Request.OfPost(path, dialogue.Request[0]), _wire.PostAnswer, path, new(dialogue.Answer));
            _sessions.Add((connection, path));
        }
    }

    protected override void Start()
    {
        foreach (var (connection, _) in _sessions)
        {
            Post(connection);
            connection.Flush();
        }
    }

    protected override void Close()
    {
        foreach (var (connection, path) in _sessions)
        {
            _wire!.Close(connection, path);
            connection.Dispose();
        }
    }

    private void OnReceived(PollingConnection connection)
    {
        Count();
        if (End()) Post(connection);
    }

    private void Post(PollingConnection connection)
    {
        connection.Post();
        Begin();
    }
}
