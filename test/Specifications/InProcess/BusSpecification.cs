using System.Text;
using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;
using TestKit;

namespace Specifications.InProcess;

/// <summary>What a cluster adapter does when its store fails, loses messages or is fed garbage.</summary>
public abstract class BusSpecification : ClusterSpecification
{
    protected ClusterBus Bus { get; } = new();

    private ClusterAdapter Adapter => (ClusterAdapter)Io.Of("/").Adapter;

    [Fact, Trait("Spec", "SRV-CLU-04"), Trait("Spec", "SRV-CLU-05"), Trait("Spec", "SRV-LOG-15"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:159")]
    public async Task WhatCannotBePublishedIsStillDoneHere()
    {
        Bus.IsDown = true;
        await Io.EmitAsync("test");
        await Io.SocketsJoinAsync("room");
        await Io.SocketsLeaveAsync("nothing");
        await Clients[0].ExpectAsync("42[\"test\"]");
        await Clients[3].ExpectAsync("42[\"test\"]");
        Assert.Contains("room", Clients[0].Socket.Rooms);
        await Io.ServerSideEmitAsync("hello");
        Assert.Contains(Nodes[0].Log.Errors, entry => entry.Category == "socket.io-adapter" && entry.Exception is IOException);
        Bus.IsDown = false;
        await Io.EmitAsync("end");
        Assert.Empty(await Clients[1].UntilEndAsync());
    }

    [Fact, Trait("Spec", "SRV-CLU-07"), Trait("Spec", "SRV-CLU-11")]
    public async Task AFetchThatLosesAServerHasWhatCameAndItsName()
    {
        Assert.True((await Io.FetchSocketsAsync().AsTask().WithDeadline()).IsComplete);
        Bus.Loses = (message, _) => message is FetchSocketsResponse && message.SenderId == IdOf(Nodes[1]);
        var sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 4, "the answers");
        await Nodes[2].Io.To(Clients[0].Id).EmitAsync("end");
        await Clients[0].UntilEndAsync();
        Assert.False(sockets.IsCompleted);
        Time.Advance(FiveSeconds);
        var found = await sockets.WithDeadline();
        Assert.Equal(new[] { Clients[0].Id, Clients[2].Id, Clients[3].Id }.Order(), found.Select(socket => socket.Id).Order());
        Assert.Equal([IdOf(Nodes[1])], found.SilentServers);
        Assert.False(found.IsComplete);

        Bus.Names[IdOf(Nodes[0])] = "first";
        Bus.Names[IdOf(Nodes[1])] = "second";
        sockets = Io.Timeout(TimeSpan.FromSeconds(1)).FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 6, "the answers");
        await Nodes[2].Io.To(Clients[0].Id).EmitAsync("end");
        await Clients[0].UntilEndAsync();
        Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(["second"], (await sockets.WithDeadline()).SilentServers);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-CLU-07")]
    public async Task ACountShipsNoSockets()
    {
        Assert.Equal(4, (await Io.CountAsync().AsTask().WithDeadline()).Count);
        Assert.All(Bus.Published.OfType<FetchSocketsResponse>(), response => Assert.Equal((0, 1), (response.Sockets.Count, response.Count)));

        // What this server knows by itself needs no question.
        Assert.True(await Io.To(Clients[3].Id).ExistsAsync().AsTask().WithDeadline());
        Assert.Single(Bus.Published.OfType<FetchSocketsMessage>());
    }

    [Fact, Trait("Spec", "SRV-CLU-07")]
    public async Task AServerThatSendsItsSocketsIsCountedToo()
    {
        // As one that knows nothing of counts does.
        Bus.Loses = (message, _) => message is FetchSocketsResponse && message.SenderId == IdOf(Nodes[2]);
        var count = Io.CountAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 2, "the answers");
        Bus.Loses = (_, _) => false;
        string requestId = Bus.Published.OfType<FetchSocketsMessage>().Single().RequestId;
        SocketRecord[] records = [.. Enumerable.Range(0, 3).Select(i => new SocketRecord($"s{i}", new Payload("{}"u8.ToArray()), [], new Payload("{}"u8.ToArray())))];
        Bus.Publish(new FetchSocketsResponse(IdOf(Nodes[2]), "/", requestId, records), IdOf(Nodes[0]));
        var all = await count.WithDeadline();
        Assert.Equal((6, true), (all.Count, all.IsComplete));
    }

    [Fact, Trait("Spec", "SRV-CLU-07")]
    public async Task ACountThatLosesAServerSaysSoAndOneSocketIsEnoughToExist()
    {
        Assert.True((await Io.FetchSocketsAsync().AsTask().WithDeadline()).IsComplete);
        Bus.Loses = (message, _) => message is FetchSocketsResponse && message.SenderId == IdOf(Nodes[2]);
        var exists = await Io.To(Clients[1].Id).ExistsAsync().AsTask().WithDeadline();
        Assert.True(exists.Exists);
        Assert.Empty(exists.SilentServers);

        var missing = Io.To(Clients[2].Id).ExistsAsync().AsTask();
        var count = Io.CountAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 8, "the answers");
        await Nodes[1].Io.To(Clients[0].Id).EmitAsync("end");
        await Clients[0].UntilEndAsync();
        Assert.False(missing.IsCompleted || count.IsCompleted);
        Time.Advance(FiveSeconds);
        Assert.False(await missing.WithDeadline());
        Assert.Equal([IdOf(Nodes[2])], (await missing).SilentServers);
        Assert.Equal(3, (await count.WithDeadline()).Count);
        Assert.Equal([IdOf(Nodes[2])], (await count).SilentServers);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-CLU-06"), Trait("Spec", "SRV-CLU-07"), Trait("Spec", "SRV-CLU-08")]
    public async Task AThousandRequestsAtOnceAreAllAnswered()
    {
        const int OfEachKind = 250;
        foreach (var node in Nodes) node.Io.ServerSide.OnRequest<int, int>("double", value => ValueTask.FromResult(2 * value));
        int[] numbers = [.. Enumerable.Range(0, OfEachKind)];
        var fetches = Task.WhenAll(numbers.Select(_ => Io.FetchSocketsAsync().AsTask()));
        var counts = Task.WhenAll(numbers.Select(_ => Io.CountAsync().AsTask()));
        var broadcasts = Task.WhenAll(numbers.Select(_ => Io.To("nobody").Timeout(FiveSeconds).EmitWithAckAsync<int>("test")));
        var events = Task.WhenAll(numbers.Select(i => Io.ServerSideEmitWithAckAsync<int>("double", i)));
        Assert.All(await fetches.WithDeadline(), sockets => Assert.Equal((4, true), (sockets.Count, sockets.IsComplete)));
        Assert.All(await counts.WithDeadline(), count => Assert.Equal((4, true), (count.Count, count.IsComplete)));
        Assert.All(await broadcasts.WithDeadline(), Assert.Empty);
        var answers = await events.WithDeadline();
        foreach (int i in numbers) Assert.Equal([2 * i, 2 * i], answers[i]);
        await NothingIsPendingAsync();
    }

    [Theory, Trait("Spec", "SRV-CLU-07")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithoutTheStoreTheSocketsOfThisServerAreFoundAtOnce(bool isUncountable)
    {
        Assert.True((await Io.FetchSocketsAsync().AsTask().WithDeadline()).IsComplete);
        Bus.IsDown = true;
        Bus.IsUncountable = isUncountable;
        var found = await Io.FetchSocketsAsync().AsTask().WithDeadline();
        Assert.Equal(new[] { Clients[0].Id, Clients[3].Id }.Order(), found.Select(socket => socket.Id).Order());
        Assert.Equal(new[] { IdOf(Nodes[1]), IdOf(Nodes[2]) }.Order(), found.SilentServers.Order());

        var answers = Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("test");
        await Clients[0].AnswerAsync("[\"test\"]", "[0]");
        await Clients[3].AnswerAsync("[\"test\"]", "[3]");
        await LocalRoundTripAsync(Clients[0]);
        await LocalRoundTripAsync(Clients[3]);
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.Equal([0, 3], error.GetResponses<int>().Order());
        Assert.Equal(found.SilentServers.Order(), error.SilentServers.Order());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-BC-13"), Trait("Spec", "SRV-CLU-06")]
    public async Task AnAcknowledgedBroadcastNamesTheServersThatNeverReported()
    {
        Assert.True((await Io.FetchSocketsAsync().AsTask().WithDeadline()).IsComplete);
        Bus.Loses = (message, server) => message is BroadcastMessage && server == IdOf(Nodes[2]);
        var answers = Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("test");
        foreach (var client in new[] { Clients[0], Clients[1], Clients[3] }) await client.AnswerAsync("[\"test\"]", "[1]");
        await Deadline.UntilAsync(() => Bus.Published.OfType<BroadcastAckResponse>().Any(), "the acknowledgement");
        Bus.Loses = (_, _) => false;
        foreach (var client in new[] { Clients[0], Clients[1], Clients[3] }) await RoundTripAsync(client);
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.Equal([1, 1, 1], error.GetResponses<int>());
        Assert.Equal([IdOf(Nodes[2])], error.SilentServers);
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-BC-13"), Trait("Spec", "SRV-BC-18"), Trait("Spec", "SRV-CLU-06")]
    public async Task AcknowledgementsThatGetLostAreATimeoutAndNothingStays()
    {
        Bus.Loses = (message, _) => message is BroadcastAckResponse;
        var answers = Io.Timeout(FiveSeconds).EmitWithAckAsync<int>("test");
        foreach (var client in Clients.Take(3)) await client.AnswerAsync("[\"test\"]", "[1]");
        await Clients[3].AnswerAsync("[\"test\"]", null);
        await Deadline.UntilAsync(() => Bus.Published.OfType<BroadcastAckResponse>().Count() == 2, "the acknowledgements");
        await RoundTripAsync(Clients[0]);
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.Equal([1], error.GetResponses<int>());
        Assert.Empty(error.SilentServers);
        Bus.Loses = (_, _) => false;
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public async Task PoisonIsDroppedAndCounted()
    {
        byte[][] poison =
        [
            [],
            [1, 2, 3],
            Encoding.UTF8.GetBytes("not a message"),
            Framed("not json"),
            Framed("{}"),
            Framed("""{"type":3,"uid":"other","nsp":"/"}"""),
            Framed("""{"type":3,"data":{"packet":{"type":2,"data":"e"},"opts":{}},"uid":"other","nsp":"/"}"""),
            Framed("""{"type":8,"data":{"requestId":"x","sockets":[null]},"uid":"other","nsp":"/"}"""),
            Framed("""{"type":99,"uid":"other","nsp":"/"}"""),
            ClusterBus.Encode(new Payload(new byte[33 * 1024 * 1024])),
        ];
        foreach (var bytes in poison) Bus.Poison(bytes);
        await Io.EmitAsync("test");
        foreach (var client in Clients) await client.ExpectAsync("42[\"test\"]");
        Assert.Equal(poison.Length, ((ClusterAdapter)Nodes[1].Io.Of("/").Adapter).MalformedMessageCount);
        Assert.Empty(Nodes[1].Log.Errors);
    }

    [Fact, Trait("Spec", "SRV-CLU-02"), Trait("Spec", "SRV-CLU-10"), Trait("Spec", "SRV-CLU-14")]
    public async Task AnEmitterReachesTheClientsAndIsNoServer()
    {
        int before = await Io.Of("/").Adapter.GetServerCountAsync();
        Bus.Publish(new BroadcastMessage(ClusterMessage.Emitter, "/", Io.Serializer.SerializeEvent("test", [1]), BroadcastOptions.All));
        foreach (var client in Clients) await client.ExpectAsync("42[\"test\",1]");
        Assert.Equal(before, await Io.Of("/").Adapter.GetServerCountAsync());
    }

    [Fact, Trait("Spec", "SRV-CLU-03")]
    public async Task OwnMessagesUnknownAnswersAndOtherNamespacesAreIgnored()
    {
        var data = Io.Serializer.SerializeEvent("ignored", []);
        Bus.Publish(new BroadcastMessage("other", "/other", data, BroadcastOptions.All));
        Bus.Publish(new BroadcastMessage(Adapter.ServerId, "/", data, new BroadcastOptions([Clients[0].Id], [])));
        Bus.Publish(new ClientCountResponse("other", "/", "unknown", 3));
        Bus.Publish(new BroadcastAckResponse("other", "/", "unknown", data));
        Bus.Publish(new FetchSocketsResponse("other", "/", "unknown", []));
        await ExpectOnlyAsync("");
    }

    protected static string IdOf(Node node) => ((ClusterAdapter)node.Io.Of("/").Adapter).ServerId;

    // What the client has sent before has been handled.
    private async Task LocalRoundTripAsync(NodeClient client)
    {
        var answer = Io.Local.To(client.Id).Timeout(FiveSeconds).EmitWithAckAsync<int>("round trip");
        await client.AnswerAsync("[\"round trip\"]", "[1]");
        Assert.Equal([1], await answer.WithDeadline());
    }

    private static byte[] Framed(string json) => ClusterBus.Encode(new Payload(Encoding.UTF8.GetBytes(json)));
}
