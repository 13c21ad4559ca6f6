namespace Load.Scenarios;

/// <summary>The scenarios, in the order of the table.</summary>
internal static class ScenarioCatalog
{
    public static IReadOnlyList<ScenarioEntry> All { get; } =
    [
        new("echo", "µs", "echo, 100 connections × 8 in flight", () => new PingPong("echo", 100, 8, Dialogue.Echo)),
        new("echo1", "µs", "echo, 400 connections × 1 in flight", () => new PingPong("echo1", 400, 1, Dialogue.Echo)),
        new("ack", "µs", "ack, 100 × 8", () => new PingPong("ack", 100, 8, Dialogue.Ack)) { Skips = ["kestrel"] },
        new("broadcast", "µs", "broadcast to 1,000, per delivery",
            () => new FanOut("broadcast", rooms: 1, members: 1000, inFlight: 2, Dialogue.Broadcast, join: null)),
        new("rooms", "µs", "100 rooms of 10, per delivery",
            () => new FanOut("rooms", rooms: 100, members: 10, inFlight: 1, Dialogue.Room, Dialogue.Join)),
        new("binary", "µs", "binary echo 16 KiB, 100 × 2", () => new PingPong("binary", 100, 2, Dialogue.Binary)),
    ];
}
