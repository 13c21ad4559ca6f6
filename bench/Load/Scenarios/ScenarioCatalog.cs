namespace Load.Scenarios;

/// <summary>The scenarios, in the order of the table.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<ScenarioEntry> All { get; } =
    [
        new("echo", () => new PingPong("echo", 100, 8, Dialogue.Echo),
            new Row("echo", "echo, 100 connections × 8 in flight")),
        new("echo1", () => new PingPong("echo1", 400, 1, Dialogue.Echo),
            new Row("echo1", "echo1, 400 connections × 1 in flight")),
        new("ack", () => new PingPong("ack", 100, 8, Dialogue.Ack),
            new Row("ack", "ack, 100 × 8")) { Skips = ["kestrel"] },
        new("broadcast", () => new FanOut("broadcast", rooms: 1, members: 1000, inFlight: 2, Dialogue.Broadcast),
            new Row("broadcast", "broadcast to 1,000, per delivery")),
        new("rooms", () => new FanOut("rooms", rooms: 100, members: 10, inFlight: 1, Dialogue.Room) { Joins = member => [member / 10] },
            new Row("rooms", "100 rooms of 10, per delivery")),
        new("binary", () => new PingPong("binary", 100, 2, Dialogue.Binary),
            new Row("binary", "binary echo 16 KiB, 100 × 2")),
        new("polling", () => new PollingRoundTrip("polling", 100),
            new Row("polling", "polling round trip (2 requests)")) { Skips = ["kestrel"] },
        new("connect", () => new Connecting("connect", atOnce: 32),
            new Row("connect", "connect incl. namespace, per connection")),
        new("latency", () => new FixedRate("latency", connections: 200, messagesPerSecond: 5000),
            new Row("latency p50", "latency p50 at 5,000 messages/s"),
            new Row("latency p99", "latency p99 at 5,000 messages/s"),
            new Row("latency cpu", "CPU at 5,000 messages/s, per message")),
        new("idle", () => new IdleMemory("idle", "idle collected", connections: 5000),
            new Row("idle", "idle connection, of 5,000", "KiB"),
            new Row("idle collected", "idle connection, of 5,000, after a full collection", "KiB")),
    ];
}
