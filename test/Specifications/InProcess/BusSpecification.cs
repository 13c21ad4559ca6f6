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
    public async Task AnAnswerThatGetsLostIsATimeout()
    {
        Bus.Loses = (message, _) => message is FetchSocketsResponse && message.SenderId != ((ClusterAdapter)Nodes[2].Io.Of("/").Adapter).ServerId;
        var sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 2, "the answers");
        await Nodes[2].Io.To(Clients[0].Id).EmitAsync("end");
        await Clients[0].UntilEndAsync();
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<TimeoutException>(() => sockets.WithDeadline());
        Assert.Equal(TimeoutText(missing: 1, of: 2), error.Message);

        sockets = Io.Timeout(TimeSpan.FromSeconds(1)).FetchSocketsAsync().AsTask();
        Time.Advance(TimeSpan.FromSeconds(1));
        await Assert.ThrowsAsync<TimeoutException>(() => sockets.WithDeadline());
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

    private static byte[] Framed(string json) => ClusterBus.Encode(new Payload(Encoding.UTF8.GetBytes(json)));
}
