using System.Threading.Channels;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Tests.Adapters;

/// <summary>A store that takes longer for one message than for the next does not change the order in which this server's clients get them.</summary>
public sealed class ClusterOrderTests
{
    [Fact]
    [Trait("Spec", "SRV-BC-11")]
    [Trait("Spec", "SRV-CLU-04")]
    public async Task What_is_published_late_is_still_delivered_first()
    {
        SlowAdapter adapter = null!;
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => adapter = new SlowAdapter(ns));
        await using var client = await server.ConnectAsync();

        var first = server.Io.EmitAsync("first").AsTask();
        var join = server.Io.SocketsJoinAsync("room").AsTask();
        var toRoom = server.Io.To("room").EmitAsync("to room").AsTask();
        var acknowledged = server.Io.Timeout(TimeSpan.FromMinutes(1)).EmitWithAckAsync<string>("with ack");
        var local = server.Io.Local.EmitAsync("local").AsTask();
        TaskCompletionSource[] publications = [await adapter.NextAsync(), await adapter.NextAsync(), await adapter.NextAsync()];
        publications[2].SetResult();
        publications[1].SetException(new IOException("the store is gone"));
        await client.SyncAsync();
        Assert.False(first.IsCompleted || join.IsCompleted || toRoom.IsCompleted || local.IsCompleted);

        publications[0].SetResult();

        await client.ExpectAsync("""42["first"]""", """42["to room"]""", """420["with ack"]""", """42["local"]""");
        await client.SendAsync("""430["yes"]""");
        Assert.Equal(["yes"], await acknowledged);
        await Task.WhenAll(first, join, toRoom, local);
    }

    [Fact]
    [Trait("Spec", "SRV-BC-11")]
    public async Task Call_that_gives_up_lets_none_pass()
    {
        SlowAdapter adapter = null!;
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => adapter = new SlowAdapter(ns));
        await using var client = await server.ConnectAsync();
        using var cancellation = new CancellationTokenSource();

        var first = server.Io.EmitAsync("first").AsTask();
        var cancelled = server.Io.EmitAsync("cancelled", cancellation.Token).AsTask();
        var last = server.Io.Local.EmitAsync("last").AsTask();
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.False(last.IsCompleted);
        (await adapter.NextAsync()).SetResult();

        await client.ExpectAsync("""42["first"]""", """42["last"]""");
        await Task.WhenAll(first, last);
    }

    [Fact]
    [Trait("Spec", "SRV-CLU-04")]
    public async Task Store_that_hangs_holds_up_the_clients_of_this_server_for_a_while_only()
    {
        SlowAdapter adapter = null!;
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => adapter = new SlowAdapter(ns), fakeTime: true);
        await using var client = await server.ConnectAsync();

        var calls = Enumerable.Range(0, 100).Select(i => server.Io.EmitAsync("n", i).AsTask()).ToList();
        calls.Add(server.Io.SocketsJoinAsync("room").AsTask());
        calls.Add(server.Io.Local.To("room").EmitAsync("local").AsTask());
        for (int i = 0; i < 101; i++) await adapter.NextAsync();
        Assert.DoesNotContain(calls, call => call.IsCompleted);

        // One time for all of them, not one after the other.
        server.Time.Advance(new ClusterAdapterOptions().PublishTimeout);

        await client.ExpectAsync([.. Enumerable.Range(0, 100).Select(i => $"42[\"n\",{i}]"), """42["local"]"""]);
        await Task.WhenAll(calls);
    }

    private sealed class SlowAdapter(ServerNamespace ns) : ClusterAdapter(ns)
    {
        private readonly Channel<TaskCompletionSource> _publications = Channel.CreateUnbounded<TaskCompletionSource>();

        public ValueTask<TaskCompletionSource> NextAsync() => _publications.Reader.ReadAsync();

        protected override async ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default)
        {
            if (message is BroadcastMessage { RequestId: not null }) return null;
            var publication = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await _publications.Writer.WriteAsync(publication, cancellationToken);
            await publication.Task.WaitAsync(cancellationToken);
            return null;
        }

        protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default) => default;
    }
}
