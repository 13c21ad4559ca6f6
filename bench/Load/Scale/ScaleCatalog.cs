using Load.Running;
using Load.Scenarios;

namespace Load.Scale;

/// <summary><c>./bench.sh scale</c>: how a server grows.</summary>
internal static class ScaleCatalog
{
    private const int Groups = 100;
    private const int GroupSize = 10;

    private static readonly int s_many = Machine.Connections(20_000);
    private static readonly int s_half = Machine.Connections(10_000);

    public static IReadOnlyList<ScenarioEntry> All { get; } =
    [
        new("crowd", () => new HeartbeatCrowd("crowd", s_many),
            new Row("crowd memory", $"{s_many:N0} idle connections, each", "KiB"),
            new Row("crowd heartbeat", $"{s_many:N0} idle connections, a heartbeat"),
            new Row("crowd cpu", $"{s_many:N0} idle connections, a heartbeat every {HeartbeatCrowd.PingInterval} s", "% of a core")) { Skips = ["kestrel"] },
        new("storm", () => new ConnectionStorm("storm", s_many),
            new Row("storm connect", $"a storm of {s_many:N0} connections, until all are open", "s"),
            new Row("storm calm", "… and after all have gone at once, until it is calm", "s"),
            new Row("storm cpu", "… CPU in all, per connection")),
        new("broadcast10k", () => new FanOut("broadcast10k", rooms: 1, members: s_half, inFlight: 2, Dialogue.Broadcast),
            new Row("broadcast10k", $"broadcast to {s_half:N0}, per delivery")),
        RoomsPerSocket(1),
        RoomsPerSocket(10),
        RoomsPerSocket(100),
        SocketsPerRoom(10),
        SocketsPerRoom(100),
        SocketsPerRoom(1000),
        new("slow", () => new SlowConsumer("slow", members: 1000, messagesPerSecond: 20),
            new Row("slow none", "a room of 1,000, p99 of the deliveries of 20 messages/s of 4 KiB"),
            new Row("slow one", "… while one of them reads nothing, p99 of the others")),
    ];

    // Every ten sockets share all their rooms, and messages go to the first of them.
    private static ScenarioEntry RoomsPerSocket(int count)
    {
        var name = $"in{count}";
        return new(
            name,
            () => new FanOut(name, Groups, GroupSize, inFlight: 1, Dialogue.Room)
            {
                Joins = member => Enumerable.Range(0, count).Select(i => member / GroupSize + i * Groups),
            },
            new Row(name, $"1,000 sockets, each in {count} rooms of 10, per delivery"));
    }

    private static ScenarioEntry SocketsPerRoom(int count)
    {
        var name = $"of{count}";
        return new(
            name,
            () => new FanOut(name, Groups * GroupSize / count, count, inFlight: 1, Dialogue.Room) { Joins = member => [member / count] },
            new Row(name, $"1,000 sockets in rooms of {count:N0}, per delivery"));
    }
}
