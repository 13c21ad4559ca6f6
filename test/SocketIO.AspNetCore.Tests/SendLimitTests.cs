using EngineIO.AspNetCore;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>What becomes of events for a client that does not fetch them.</summary>
[Trait("Spec", "SRV-SEC-05")]
public sealed class SendLimitTests
{
    [Theory]
    [InlineData(SendQueueFullPolicy.DropNewest, "1", "2")]
    [InlineData(SendQueueFullPolicy.DropOldest, "3", "4")]
    public async Task EventsAreDropped(SendQueueFullPolicy policy, params string[] kept)
    {
        await using var server = await StartAsync(policy);
        await using var client = await JoinAsync(server);
        var socket = server.Io.Sockets.Sockets.Values.Single();
        for (int i = 1; i < 4; i++) Assert.True(socket.EmitAsync("e", i).IsCompletedSuccessfully);
        await server.Io.EmitAsync("e", 4);
        foreach (string number in kept) Assert.Equal($"42[\"e\",{number}]", await client.ReceiveAsync());
        await socket.EmitAsync("next");
        Assert.Equal("42[\"next\"]", await client.ReceiveAsync());
    }

    [Fact]
    public async Task AnEmitWaitsForRoom()
    {
        await using var server = await StartAsync(SendQueueFullPolicy.Wait);
        await using var client = await JoinAsync(server);
        var socket = server.Io.Sockets.Sockets.Values.Single();
        await socket.EmitAsync("e", 1);
        await socket.EmitAsync("e", 2);
        using var source = new CancellationTokenSource();
        var cancelled = socket.EmitAsync("e", 3, source.Token).AsTask();
        var waiting = socket.EmitAsync("e", 4).AsTask();
        Assert.False(cancelled.IsCompleted || waiting.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithDeadline());
        Assert.Equal("42[\"e\",1]", await client.ReceiveAsync());
        Assert.Equal("42[\"e\",2]", await client.ReceiveAsync());
        await waiting.WithDeadline("room");
        Assert.Equal("42[\"e\",4]", await client.ReceiveAsync());
    }

    [Theory]
    [InlineData(SendQueueFullPolicy.Disconnect, false)]
    [InlineData(SendQueueFullPolicy.Wait, true)]
    public async Task TheClientIsDisconnected(SendQueueFullPolicy policy, bool isBroadcast)
    {
        var trace = new Trace();
        await using var server = await StartAsync(policy, trace);
        await using var client = await JoinAsync(server);
        var socket = server.Io.Sockets.Sockets.Values.Single();
        for (int i = 0; i < 3; i++) await (isBroadcast ? server.Io.EmitAsync("e", i) : socket.EmitAsync("e", i));
        await trace.UntilAsync("transport error");
        Assert.Empty(server.Io.Sockets.Sockets);
    }

    private static Task<TestServer> StartAsync(SendQueueFullPolicy policy, Trace? trace = null) => TestServer.StartAsync(
        io => io.OnConnection(socket => socket.OnDisconnected(info => trace?.Add(info.Reason))),
        options => (options.MaxQueuedPackets, options.SendQueueFull) = (2, policy));

    private static async Task<PollingClient> JoinAsync(TestServer server)
    {
        var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        return client;
    }
}
