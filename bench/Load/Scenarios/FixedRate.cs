using System.Diagnostics;
using Load.Messages;
using Load.Running;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Scenarios;

/// <summary>Echoes at a fixed rate, in turn over the connections: how long they take, and what a server costs that is not busy.</summary>
internal sealed class FixedRate(string row, int connections, int messagesPerSecond) : IScenario, IConnectionObserver
{
    private readonly Schedule _schedule = new(messagesPerSecond);
    private readonly Latencies _latencies = new(messagesPerSecond * 60);
    private readonly long[] _received = new long[connections];
    private Expectation[] _answers = [];
    private long _answered;

    public IReadOnlyList<Figure> Run(ServerProcess server, RunSettings settings)
    {
        using var loop = new EventLoop();
        var dialogues = Enumerable.Range(0, connections).Select(connection => Dialogue.Echo(server.Kind.Wire, connection)).ToArray();
        var requests = Array.ConvertAll(dialogues, dialogue => Request.OfFrames(dialogue.Request));
        _answers = Array.ConvertAll(dialogues, dialogue => new Expectation(dialogue.Answer));
        var crowd = new Crowd(server, loop);
        crowd.Open(connections, this);

        _schedule.Start();
        RunFor(settings.Warmup);
        _latencies.IsRecording = true;
        var (answered, cpu) = (_answered, CpuWindow.Begin(server));
        RunFor(settings.Window);
        var microseconds = cpu.End(_answered - answered, settings);
        _latencies.IsRecording = false;

        loop.RunUntil(() => _answered == _schedule.Next, "the last answers");
        crowd.Close();
        return [new($"{row} p50", _latencies.Percentile(0.5)), new($"{row} p99", _latencies.Percentile(0.99)), new($"{row} cpu", microseconds)];

        // Without waiting: the kernel's timers are coarser than what is measured.
        void RunFor(TimeSpan time)
        {
            var now = Stopwatch.GetTimestamp();
            for (var end = now + (long)(time.TotalSeconds * Stopwatch.Frequency); now < end; now = Stopwatch.GetTimestamp())
            {
                while (_schedule.TryTake(now, out var message))
                {
                    var connection = (int)(message % connections);
                    crowd.Connections[connection].Write(requests[connection]);
                    crowd.Connections[connection].Flush();
                }

                loop.Turn(milliseconds: 0);
            }
        }
    }

    public void OnMessage(WebSocketConnection connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        if (!_answers[connection.Index].Accept(connection.Index, message, isBinary)) return;
        var number = _received[connection.Index]++ * connections + connection.Index;
        _latencies.Add(Stopwatch.GetTimestamp() - _schedule.DueAt(number));
        _answered++;
    }
}
