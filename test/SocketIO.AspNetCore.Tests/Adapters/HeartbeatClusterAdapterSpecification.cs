using Microsoft.Extensions.Time.Testing;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;
using Specifications;
using Specifications.InProcess;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class HeartbeatClusterAdapterSpecification : BusSpecification
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private HeartbeatClusterAdapter Adapter => (HeartbeatClusterAdapter)Io.Sockets.Adapter;

    [Fact, Trait("Spec", "SRV-CLU-09")]
    public void ANewServerIsAnsweredByAll()
    {
        Assert.Equal(3, Bus.Published.Count(message => message.Type == ClusterMessageType.InitialHeartbeat));
        Assert.Equal(3, Bus.Published.Count(message => message.Type == ClusterMessageType.Heartbeat));
        Assert.Equal(2, Adapter.OtherServers.Count);
    }

    [Fact, Trait("Spec", "PRO-TIM-14"), Trait("Spec", "SRV-CLU-09")]
    public async Task ASilentServerShowsThatItIsAlive()
    {
        int Heartbeats() => Bus.Published.Count(message => message.Type == ClusterMessageType.Heartbeat && message.SenderId == Adapter.ServerId);
        int before = Heartbeats();
        Time.Advance(4 * s_second);
        // A plain broadcast is none; a request is, and starts the silence anew.
        await Io.EmitAsync("end");
        Time.Advance(s_second);
        Assert.Equal(before + 1, Heartbeats());
        Time.Advance(4 * s_second);
        await Io.FetchSocketsAsync().AsTask().WithDeadline();
        Time.Advance(4 * s_second);
        Assert.Equal(before + 1, Heartbeats());
        Time.Advance(s_second);
        Assert.Equal(before + 2, Heartbeats());
    }

    [Fact, Trait("Spec", "PRO-TIM-14"), Trait("Spec", "SRV-CLU-09"), Trait("Spec", "SRV-CLU-11"), Trait("Spec", "SRV-LOG-13")]
    public async Task AServerThatFallsSilentIsForgottenAndNotWaitedFor()
    {
        string silent = ((ClusterAdapter)Nodes[2].Io.Sockets.Adapter).ServerId;
        Bus.Loses = (message, _) => message.SenderId == silent;
        var sockets = Io.Timeout(TimeSpan.FromMinutes(1)).FetchSocketsAsync().AsTask();
        for (int i = 0; i < 12 && Adapter.OtherServers.Count == 2; i++)
        {
            Time.Advance(s_second);
            // The others' heartbeats are on their way now and then; none may be taken for silence.
            await Nodes[1].Io.To(Clients[0].Id).EmitAsync("end");
            await Clients[0].UntilEndAsync();
        }

        Assert.Equal([((ClusterAdapter)Nodes[1].Io.Sockets.Adapter).ServerId], Adapter.OtherServers);
        var found = await sockets.WithDeadline();
        Assert.Equal(3, found.Count);
        Assert.Equal([silent], found.SilentServers);
    }

    [Fact, Trait("Spec", "SRV-CLU-11")]
    public async Task AServerThatLeavesIsNotSilent()
    {
        string leaving = IdOf(Nodes[2]);
        Bus.Loses = (message, _) => message is FetchSocketsMessage or FetchSocketsResponse && message.SenderId == leaving;
        var sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Any(), "the answer");
        await Nodes[2].Io.Sockets.Adapter.CloseAsync();
        var found = await sockets.WithDeadline();
        Assert.True(found.IsComplete);
        Assert.Equal(3, found.Count);
    }

    [Fact, Trait("Spec", "SRV-CLU-11"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:440")]
    public async Task AServerThatLeavesMeanwhileIsNotWaitedFor()
    {
        Nodes[1].Io.ServerSide.OnRequest("hello", () => ValueTask.FromResult(2));
        Nodes[2].Io.ServerSide.On("hello", async () => await Nodes[2].Io.Sockets.Adapter.CloseAsync());
        Assert.Equal([2], await Io.ServerSideEmitWithAckAsync<int>("hello").WithDeadline());
        Assert.Single(Adapter.OtherServers);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-CLU-09"), Trait("Spec", "SRV-CLU-10"), Trait("Spec", "SRV-ADP-08")]
    public async Task AServerThatClosesSaysSo()
    {
        await Nodes[2].Io.CloseAsync();
        await Deadline.UntilAsync(() => Adapter.OtherServers.Count == 1, "the end of one");
        Assert.Contains(Bus.Published, message => message.Type == ClusterMessageType.AdapterClose);
        Assert.Equal(2, await Adapter.GetServerCountAsync(TestContext.Current.CancellationToken));
    }

    [Fact, Trait("Spec", "SRV-CLU-09")]
    public async Task AServerThatSpeaksWhileTheSilentAreLookedForStays()
    {
        var clock = new InterruptedTime();
        await using var node = await Node.StartAsync(ns => new InMemoryAdapter(ns), clock);
        var adapter = new Timed(node.Io.Sockets, new HeartbeatAdapterOptions());
        await adapter.InitializeAsync();
        adapter.Hear("other");
        clock.Advance(10 * s_second);
        clock.OnLook = () => adapter.Hear("other");
        clock.Advance(s_second);
        Assert.Equal(["other"], adapter.OtherServers);
        clock.Advance(11 * s_second);
        Assert.Empty(adapter.OtherServers);
        await adapter.CloseAsync();
    }

    [Fact]
    public void TimesMustFit()
    {
        HeartbeatAdapterOptions[] wrong =
        [
            new() { HeartbeatInterval = s_second, HeartbeatTimeout = s_second },
            new() { HeartbeatInterval = TimeSpan.Zero },
            new() { HeartbeatInterval = TimeSpan.FromDays(25), HeartbeatTimeout = TimeSpan.FromDays(26) },
            new() { RequestTimeout = TimeSpan.FromDays(25) },
        ];
        Assert.All(wrong, options => Assert.Throws<ArgumentOutOfRangeException>(() => new Timed(Io.Sockets, options)));
    }

    protected override IAdapter CreateAdapter(ServerNamespace ns, int node) => new HeartbeatBusAdapter(ns, Bus);

    protected override string TimeoutText(int missing, int of) => $"timeout reached: missing {missing} responses";

    private sealed class Timed(ServerNamespace ns, HeartbeatAdapterOptions options) : HeartbeatClusterAdapter(ns, options)
    {
        public void Hear(string server) => _ = OnMessageAsync(new SignalMessage(ClusterMessageType.Heartbeat, server, Namespace.Name));

        protected override ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default) => default;

        protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default) => default;
    }

    // Something happens while somebody looks at the clock.
    private sealed class InterruptedTime : FakeTimeProvider
    {
        private Action? _onLook;

        public Action? OnLook
        {
            set => _onLook = value;
        }

        public override long GetTimestamp()
        {
            Interlocked.Exchange(ref _onLook, null)?.Invoke();
            return base.GetTimestamp();
        }
    }
}
