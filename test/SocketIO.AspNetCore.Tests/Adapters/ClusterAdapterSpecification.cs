using SocketIO.AspNetCore.Adapters;
using SocketIO.Cluster;
using Specifications.InProcess;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Adapters;

public sealed class ClusterAdapterSpecification : BusSpecification
{
    protected override IAdapter CreateAdapter(ServerNamespace ns, int node) => new BusAdapter(ns, Bus);

    [Fact, Trait("Spec", "SRV-CLU-07")]
    public async Task ServersThatNobodyHeardOfAreCounted()
    {
        Bus.Loses = (message, _) => message is FetchSocketsMessage;
        var sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsMessage>().Any(), "the question");
        Time.Advance(FiveSeconds);
        Assert.Equal(["2 servers of unknown name"], (await sockets.WithDeadline()).SilentServers);

        Bus.IsUncountable = true;
        Assert.Equal(["servers of unknown number and name"], (await Io.FetchSocketsAsync().AsTask().WithDeadline()).SilentServers);
        Bus.IsUncountable = false;

        // A stranger's emits are heard; it is one of the two, and none that answers.
        Bus.Publish(new BroadcastMessage(IdOf(Nodes[2]), "/", Io.Serializer.SerializeEvent("end", []), BroadcastOptions.All));
        Bus.Publish(new BroadcastMessage(ClusterMessage.Emitter, "/", Io.Serializer.SerializeEvent("end", []), BroadcastOptions.All));
        await Clients[0].UntilEndAsync();
        await Clients[0].UntilEndAsync();
        sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsMessage>().Count() == 2, "the question");
        Time.Advance(FiveSeconds);
        Assert.Equal([IdOf(Nodes[2]), "1 server of unknown name"], (await sockets.WithDeadline()).SilentServers);
    }

    [Fact, Trait("Spec", "SRV-LOG-16"), Trait("Spec", "SEC-CLU-01")]
    public async Task WhatIsNoMessageAndWhatCannotBeSentIsCounted()
    {
        using var metrics = new MetricRecorder(Nodes[0].Services, "SocketIO.AspNetCore");
        Bus.Poison([1, 2, 3]);
        await metrics.UntilAsync("socketio.server.cluster.malformed_messages{socketio.namespace=/}", 1);
        Bus.IsDown = true;
        await Io.EmitAsync("test");
        await Io.ServerSideEmitAsync("hello");
        await metrics.UntilAsync("socketio.server.cluster.failed_publishes{socketio.namespace=/}", 2);
    }

    [Fact, Trait("Spec", "SRV-CLU-07"), Trait("Spec", "SEC-CLU-01")]
    public async Task AnAnswerThatComesTwiceCountsOnce()
    {
        Bus.Loses = (message, _) => message is FetchSocketsResponse;
        var sockets = Io.FetchSocketsAsync().AsTask();
        await Deadline.UntilAsync(() => Bus.Published.OfType<FetchSocketsResponse>().Count() == 2, "the answers");
        Bus.Loses = (_, _) => false;
        var answer = Bus.Published.OfType<FetchSocketsResponse>().Single(response => response.SenderId == IdOf(Nodes[1]));
        for (int i = 0; i < 3; i++) Bus.Publish(answer, IdOf(Nodes[0]));
        await RoundTripAsync(Clients[1]);
        Assert.False(sockets.IsCompleted);
        Time.Advance(FiveSeconds);
        var found = await sockets.WithDeadline();
        Assert.Equal(3, found.Count);
        Assert.Equal([IdOf(Nodes[2])], found.SilentServers);
    }

    protected override string TimeoutText(int missing, int of) => $"timeout reached: only {of - missing} responses received out of {of}";
}
