using Microsoft.Extensions.Time.Testing;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>Connections that take up the session before them, and those that were found dead.</summary>
public abstract class RecoveryTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Behaviour", "socket.io-client/test/connection-state-recovery.ts:6")]
    [Trait("Spec", "CLI-CSR-01"), Trait("Spec", "CLI-CSR-03"), Trait("Spec", "CLI-CSR-06"), Trait("Spec", "CLI-SCN-10")]
    public async Task AfterTheEngineWasClosedTheSessionGoesOn()
    {
        var socket = await ConnectAsync();
        Assert.False(socket.Recovered);
        await InitializeOffsetAsync(socket);
        string? id = socket.Id;
        var trace = socket.Watch();
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        Assert.Equal((id, true), (socket.Id, socket.Recovered));
    }

    [Theory, Trait("Spec", "CLI-CSR-04"), Trait("Spec", "CLI-LIFE-13")]
    [InlineData("/")]
    [InlineData("/foo")]
    public async Task WhatWasMissedComesBeforeConnect(string ns)
    {
        var socket = await ConnectAsync(ns, options => options.Reconnection = false);
        var (room, id) = (Guid.NewGuid().ToString(), socket.Id!);
        await socket.EmitArgumentsWithAckAsync("join", [room]).WithDeadline();
        await InitializeOffsetAsync(socket);
        var trace = socket.Watch();
        socket.On<string>("news", text => trace.Add($"{text}, {(socket.Connected ? "connected" : "not connected")}"));
        socket.Manager.Engine!.Close();
        await Peer.DisconnectReasonAsync(id);
        await trace.UntilAsync("disconnect: forced close");
        await Peer.EmitAsync(ns, room, "news", "first");
        await Peer.EmitAsync(ns, room, "news", "second");
        socket.Connect();
        await trace.UntilAsync("connect");
        Assert.Equal(["disconnect: forced close", "first, connected", "second, connected", "connect"], trace.Lines);
        Assert.Equal((id, true), (socket.Id, socket.Recovered));
    }

    [Fact, Trait("Spec", "CLI-CSR-05")]
    public async Task WithoutAnOffsetItIsForTheServerToRecover()
    {
        var socket = await ConnectAsync();
        string? id = socket.Id;
        var trace = socket.Watch();
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect");
        // The official server does not (docs/differences.md).
        Assert.Equal((Kind == PeerKind.DotNet, Kind == PeerKind.DotNet), (socket.Recovered, socket.Id == id));
    }

    [Fact, Trait("Spec", "CLI-CSR-02"), Trait("Spec", "CLI-CSR-06")]
    public async Task AGoodbyeEndsTheSession()
    {
        var socket = await ConnectAsync();
        await InitializeOffsetAsync(socket);
        string id = socket.Id!;
        socket.Disconnect();
        await Peer.DisconnectReasonAsync(id);
        await socket.ConnectAsync().WithDeadline();
        Assert.NotEqual(id, socket.Id);
        Assert.False(socket.Recovered);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/socket.ts:792"), Trait("Spec", "CLI-EMIT-04"), Trait("Spec", "CLI-SCN-15"), Trait("Spec", "CLI-ENV-06"), Trait("Spec", "CLI-NET-09")]
    public async Task WhatIsEmittedAfterASleepIsSentOverANewConnection()
    {
        var time = new FakeTimeProvider();
        var socket = await ConnectAsync(configure: options => options.TimeProvider = new SleepyTimeProvider(time));
        var trace = socket.Watch();
        // The clock has gone on, but no timer has run: as on a laptop that wakes up.
        time.Advance(TimeSpan.FromHours(1));
        var answer = socket.EmitWithAckAsync<string>("echo", "123");
        await trace.UntilAsync("disconnect: ping timeout");
        Assert.False(answer.IsCompleted);
        await Deadline.UntilAsync(() => answer.IsCompleted, "the answer");
        Assert.Equal("123", await answer);
        Assert.Equal(["disconnect: ping timeout", "connect"], trace.Lines);
    }

    private static async Task InitializeOffsetAsync(ClientSocket socket)
    {
        var received = socket.Watch<string>("offset");
        await socket.EmitAsync("say", "offset", "x");
        await received.UntilAsync("x");
    }

    public sealed class OnNode(PeerPool pool) : RecoveryTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : RecoveryTests(PeerKind.DotNet, pool);

    /// <summary>A machine that sleeps: its clock can be advanced while its timers stand.</summary>
    private sealed class SleepyTimeProvider(FakeTimeProvider clock) : TimeProvider
    {
        public override long TimestampFrequency => clock.TimestampFrequency;

        public override long GetTimestamp() => clock.GetTimestamp();

        public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();
    }
}
