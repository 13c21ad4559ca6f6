using System.Text;
using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Recovery;
using SocketIO.AspNetCore.Tests.Recovery;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class SessionAwareAdapterTests
{
    [Fact, Trait("Spec", "SRV-ADP-12"), Trait("Behaviour", "socket.io-adapter/test/index.ts:321")]
    public async Task APersistedSessionIsRestored()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        await adapter.PersistSessionAsync(Session());
        await EmitAsync(server, "hello", BroadcastOptions.All);
        var result = await adapter.RestoreSessionAsync("def", adapter.LastOffset);
        Assert.Equal(("abc", "def"), (result.Restored!.Session.Id, result.Restored.Session.PrivateId));
        Assert.Empty(await result.Restored.ReadMissedAsync());
    }

    [Fact, Trait("Spec", "SIO-CSR-09"), Trait("Spec", "SRV-ADP-13"), Trait("Behaviour", "socket.io-adapter/test/index.ts:367")]
    public async Task TheRightPacketsAreMissed()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        await adapter.PersistSessionAsync(Session());
        await EmitAsync(server, "hello", BroadcastOptions.All);
        string offset = adapter.LastOffset!;
        await EmitAsync(server, "all", BroadcastOptions.All);
        await EmitAsync(server, "room", BroadcastOptions.All.To("r1"));
        await EmitAsync(server, "except", BroadcastOptions.All.Excluding("r2"));
        await EmitAsync(server, "no except", BroadcastOptions.All.Excluding("r3"));
        await EmitAsync(server, "with ack", BroadcastOptions.All, id: 0);
        await EmitAsync(server, "ack type", BroadcastOptions.All, type: PacketType.Ack);
        await EmitAsync(server, "volatile", BroadcastOptions.All.With(BroadcastFlags.Volatile));
        var result = await adapter.RestoreSessionAsync("def", offset);
        var missed = await result.Restored!.ReadMissedAsync();
        Assert.Equal(missed.Select((packet, i) => $"[\"{new[] { "all", "room", "no except" }[i]}\",\"{packet.Offset}\"]"), missed.Select(packet => packet.Data.ToString()));
        Assert.Equal(3, missed.Count);
    }

    [Fact, Trait("Spec", "SRV-ADP-13"), Trait("Behaviour", "socket.io-adapter/test/index.ts:506"), Trait("Behaviour", "socket.io-adapter/test/index.ts:527")]
    public async Task UnknownSessionsAndOffsetsGiveNone()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        Assert.Equal(RecoveryOutcome.SessionUnknown, (await adapter.RestoreSessionAsync("abc", "def")).Outcome);
        await adapter.PersistSessionAsync(Session());
        Assert.Equal(RecoveryOutcome.OffsetExpired, (await adapter.RestoreSessionAsync("def", "unknown")).Outcome);
    }

    [Fact, Trait("Spec", "SRV-CSR-11"), Trait("Spec", "SEC-APP-02")]
    public async Task ASessionIsTakenOnceAndMayBeGivenBack()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        await EmitAsync(server, "hello", BroadcastOptions.All);
        await adapter.PersistSessionAsync(Session());
        string offset = adapter.LastOffset!;
        var first = await adapter.RestoreSessionAsync("def", offset);
        Assert.Equal(RecoveryOutcome.SessionUnknown, (await adapter.RestoreSessionAsync("def", offset)).Outcome);
        await first.Restored!.ReturnAsync();
        Assert.Equal(RecoveryOutcome.Recovered, (await adapter.RestoreSessionAsync("def", offset)).Outcome);
    }

    [Fact, Trait("Spec", "SRV-CSR-07"), Trait("Spec", "SIO-CSR-07"), Trait("Spec", "PRO-TIM-09")]
    public async Task SessionsAndPacketsAreForgottenInTime()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        await EmitAsync(server, "hello", BroadcastOptions.All);
        string offset = adapter.LastOffset!;
        await adapter.PersistSessionAsync(Session());
        server.Time.Advance(TimeSpan.FromSeconds(120));
        var result = await adapter.RestoreSessionAsync("def", offset);
        Assert.Equal(RecoveryOutcome.Recovered, result.Outcome);

        await adapter.PersistSessionAsync(Session());
        server.Time.Advance(TimeSpan.FromSeconds(121));
        Assert.Equal(RecoveryOutcome.SessionExpired, (await adapter.RestoreSessionAsync("def", offset)).Outcome);

        await adapter.PersistSessionAsync(Session());
        // Swept each minute, and kept for one more so that who is late learns it.
        for (int minute = 0; minute < 4; minute++)
        {
            Assert.Equal(1, adapter.StoredSessions);
            server.Time.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(0, adapter.StoredSessions);
        Assert.Equal((0, 0), adapter.Stored);
        Assert.Equal(RecoveryOutcome.SessionUnknown, (await adapter.RestoreSessionAsync("def", offset)).Outcome);
    }

    [Fact, Trait("Spec", "SRV-ADP-13")]
    public async Task AnOffsetThatIsForgottenIsGoodWhereNothingWasMissed()
    {
        await using var server = await StartAsync();
        var adapter = AdapterOf(server);
        string grantedAt = adapter.LastOffset!;
        await EmitAsync(server, "received", BroadcastOptions.All);
        string offset = adapter.LastOffset!;
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await EmitAsync(server, "for others", BroadcastOptions.All.To("r3"));
        Assert.Equal(1, adapter.Stored.Count);

        // All that was sent has been received, so the log is looked at from the disconnection on.
        await adapter.PersistSessionAsync(Session(grantedAt, lastSent: offset));
        await EmitAsync(server, "missed", BroadcastOptions.All);
        var result = await adapter.RestoreSessionAsync("def", offset);
        Assert.Single(await result.Restored!.ReadMissedAsync());

        // Something was sent after it and is forgotten.
        await EmitAsync(server, "sent", BroadcastOptions.All);
        string lastSent = adapter.LastOffset!;
        server.Time.Advance(TimeSpan.FromMinutes(10));
        await EmitAsync(server, "for others", BroadcastOptions.All.To("r3"));
        await adapter.PersistSessionAsync(Session(grantedAt, lastSent));
        Assert.Equal(RecoveryOutcome.OffsetExpired, (await adapter.RestoreSessionAsync("def", offset)).Outcome);

        // Without an offset: nothing was sent, or something was.
        await adapter.PersistSessionAsync(Session(grantedAt));
        Assert.Equal(RecoveryOutcome.Recovered, (await adapter.RestoreSessionAsync("def", null)).Outcome);
        await adapter.PersistSessionAsync(Session(grantedAt, lastSent: offset));
        Assert.Equal(RecoveryOutcome.OffsetExpired, (await adapter.RestoreSessionAsync("def", null)).Outcome);
    }

    [Fact, Trait("Spec", "SRV-CSR-07")]
    public async Task BytesAreBoundedAndWhoMissedNothingIsNotAffected()
    {
        await using var server = await StartAsync(recovery => recovery.MaxStoredBytes = 20_000);
        var adapter = AdapterOf(server);
        string offset = adapter.LastOffset!;
        await adapter.PersistSessionAsync(Session(offset, pid: "quiet"));
        await EmitAsync(server, "missed by the other", BroadcastOptions.All.To("r2"));
        await adapter.PersistSessionAsync(Session(offset, pid: "late"));
        for (int i = 0; i < 10; i++) await EmitAsync(server, new string('x', 5000), BroadcastOptions.All.To("r3"));
        Assert.InRange(adapter.Stored.Bytes, 1, 20_000);
        Assert.Equal(11, adapter.Stored.Count);
        Assert.Equal(RecoveryOutcome.OffsetExpired, (await adapter.RestoreSessionAsync("quiet", null)).Outcome);
        Assert.Equal(RecoveryOutcome.Recovered, (await adapter.RestoreSessionAsync("late", null)).Outcome);

        // Only knowing for whom they were would be too much in the end.
        for (int i = 0; i < 1000; i++) await EmitAsync(server, new string('x', 500), BroadcastOptions.All.To("r3"));
        Assert.InRange(adapter.Stored.Bytes, 1, 20_000);
        Assert.InRange(adapter.Stored.Count, 1, 60);
    }

    [Fact]
    public async Task SessionsAreBounded()
    {
        await using var server = await StartAsync(recovery => recovery.MaxStoredSessions = 2);
        var adapter = AdapterOf(server);
        for (int i = 0; i < 3; i++) await adapter.PersistSessionAsync(Session(adapter.LastOffset, pid: $"p{i}"));
        Assert.Equal(2, adapter.StoredSessions);
        Assert.Equal(RecoveryOutcome.SessionUnknown, (await adapter.RestoreSessionAsync("p0", null)).Outcome);
        Assert.Equal(RecoveryOutcome.Recovered, (await adapter.RestoreSessionAsync("p1", null)).Outcome);
    }

    [Theory]
    [InlineData("Q87Cjpy", true), InlineData("Q87Cjpy.0", true), InlineData("Q87Cjpy.10", true)]
    [InlineData("", false), InlineData("foo", false), InlineData("0000000", false), InlineData("Q87Cjpy.", false), InlineData("Q87Cjpy.00", false)]
    [InlineData("Q87Cjpy.zzzzz", false), InlineData("Q87Cjp+", false), InlineData("Q87Cjpyy", false)]
    public void OffsetsAreRead(string text, bool isValid)
    {
        Assert.Equal(isValid, LogOffset.TryParse(text, out long position));
        if (isValid) Assert.Equal(text, LogOffset.Format(position));
    }

    private static Task<TestServer> StartAsync(Action<ConnectionStateRecoveryOptions>? recovery = null) =>
        RecoveryTests.StartAsync(recovery: recovery, fakeTime: true);

    private static SessionAwareAdapter AdapterOf(TestServer server) => (SessionAwareAdapter)server.Io.Sockets.Adapter;

    private static RecoverableSession Session(string? grantedAt = null, string? lastSent = null, string pid = "def") =>
        new("abc", pid, ["r1", "r2"], new Dictionary<string, object?>()) { GrantedAt = grantedAt, LastSent = lastSent };

    private static ValueTask EmitAsync(TestServer server, string name, BroadcastOptions options, PacketType type = PacketType.Event, long? id = null) =>
        AdapterOf(server).BroadcastAsync(new Packet(type, "/", new Payload(Encoding.UTF8.GetBytes($"[\"{name}\"]")), id), options);
}
