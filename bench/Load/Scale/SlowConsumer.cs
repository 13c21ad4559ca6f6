using System.Diagnostics;
using Load.Messages;
using Load.Running;
using Load.Scenarios;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scale;

/// <summary>Messages to a room at a steady rate: first everybody reads, then one of them no more.</summary>
internal sealed class SlowConsumer(string row, int members, int messagesPerSecond) : IScenario, IConnectionObserver
{
    private const int Sender = 0;

    private readonly int[] _received = new int[members];
    private Expectation[] _deliveries = [];
    private Schedule _schedule = new(messagesPerSecond);
    private Latencies _latencies = new(capacity: 0);
    private long _sent; // before the schedule

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var loop = new EventLoop();
        var crowd = new Crowd(server, loop);
        var dialogue = Dialogue.LargeMessage(server.Kind.Wire, room: 0);
        var request = Request.OfFrames(dialogue.Request);
        _deliveries = [.. Enumerable.Range(0, members).Select(_ => new Expectation(dialogue.Answer))];
        var entrance = new Entrance(server.Kind.Wire, _ => [0], this);
        crowd.Open(members, entrance);
        entrance.Join(crowd, loop);

        var all = Measure(settings.Warmup);
        crowd.Connections[members - 1].StopReading();
        var others = Measure(TimeSpan.FromSeconds(3)); // the buffers between fill up
        crowd.Drop();
        return [new($"{row} none", all), new($"{row} one", others)];

        double Measure(TimeSpan warmup)
        {
            (_schedule, _latencies) = (new(messagesPerSecond), new(capacity: (int)(members * messagesPerSecond * (settings.Window.TotalSeconds + 1))));
            _schedule.Start();
            RunFor(warmup);
            _latencies.IsRecording = true;
            RunFor(settings.Window);
            _latencies.IsRecording = false;
            _sent += _schedule.Next;
            loop.RunUntil(() => _received.Count(count => count == _sent) >= members - 1, "the last deliveries");
            return _latencies.Percentile(0.99);
        }

        void RunFor(TimeSpan time)
        {
            var now = Stopwatch.GetTimestamp();
            for (var end = now + (long)(time.TotalSeconds * Stopwatch.Frequency); now < end; now = Stopwatch.GetTimestamp())
            {
                while (_schedule.TryTake(now, out _)) crowd.Connections[Sender].Write(request);
                crowd.Connections[Sender].Flush();
                loop.Turn(milliseconds: 0);
            }
        }
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        if (!_deliveries[connection.Index].Accept(connection.Index, message, isBinary)) return;
        _latencies.Add(Stopwatch.GetTimestamp() - _schedule.DueAt(_received[connection.Index]++ - _sent));
    }
}
