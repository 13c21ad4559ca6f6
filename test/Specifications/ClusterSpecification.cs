using SocketIO;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace Specifications;

/// <summary>What adapters for several servers do beyond that.</summary>
public abstract class ClusterSpecification : AdapterSpecification
{
    [Fact, Trait("Spec", "SRV-BC-09"), Trait("Spec", "SRV-CHEAT-10"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:151")]
    public async Task LocalIsThisServer()
    {
        await Io.Local.EmitAsync("test");
        await ExpectOnlyAsync("42[\"test\"]", 0, 3);
        var answers = Io.Local.Timeout(FiveSeconds).EmitWithAckAsync<int>("question");
        await Clients[0].AnswerAsync("[\"question\"]", "[0]");
        await Clients[3].AnswerAsync("[\"question\"]", "[3]");
        Assert.Equal([0, 3], (await answers.WithDeadline()).Order());
        await Io.Local.SocketsJoinAsync("room");
        await Io.Local.SocketsLeaveAsync(Clients[0].Id);
        await Io.EmitAsync("end");
        foreach (var client in Clients) Assert.Empty(await client.UntilEndAsync());
        Assert.Equal(["room"], Clients[0].Socket.Rooms);
        Assert.Equal([Clients[1].Id], Clients[1].Socket.Rooms);
    }

    [Fact, Trait("Spec", "SRV-CLU-07"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:384")]
    public async Task LocalSocketsAreThoseOfThisServer()
    {
        var sockets = await Nodes[1].Io.Local.FetchSocketsAsync();
        Assert.Same(Clients[1].Socket, Assert.Single(sockets));
        Assert.Equal(1, (await Nodes[1].Io.Local.CountAsync()).Count);
        Assert.False(await Nodes[1].Io.Local.To(Clients[0].Id).ExistsAsync());
    }

    [Fact, Trait("Spec", "SEC-SIO-07"), Trait("Spec", "SRV-CLU-07")]
    public async Task AnAuthAsDeepAsMayBeHidesNoSocket()
    {
        string deep = $"{{\"a\":{new string('[', 63)}{new string(']', 63)}}}";
        await using var client = await NodeClient.ConnectAsync(Nodes[1], auth: deep);
        var sockets = await Io.FetchSocketsAsync().AsTask().WithDeadline();
        Assert.Equal(5, sockets.Count);
        Assert.Equal(deep, sockets.Single(socket => socket.Id == client.Id).Handshake.Auth.GetRawText());
    }

    [Fact, Trait("Spec", "SRV-SSE-01"), Trait("Spec", "SRV-CHEAT-12"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:392")]
    public async Task AServerSpeaksToTheOthers()
    {
        var heard = new System.Collections.Concurrent.ConcurrentQueue<string>();
        for (int i = 0; i < NodeCount; i++)
        {
            int node = i;
            Nodes[i].Io.ServerSide.On<string, int, string>("hello", (a, b, c) => heard.Enqueue($"{node} {a} {b} {c}"));
            Nodes[i].Io.ServerSide.On("end", () => heard.Enqueue("end"));
        }

        await Io.ServerSideEmitAsync("hello", "world", 1, "2");
        await Io.ServerSideEmitAsync("end");
        await Deadline.UntilAsync(() => heard.Count(line => line == "end") == 2, "the events");
        Assert.Equal(["1 world 1 2", "2 world 1 2"], heard.Where(line => line != "end").Order());
    }

    [Fact, Trait("Spec", "SRV-SSE-03"), Trait("Spec", "SRV-SSE-04"), Trait("Spec", "SRV-CLU-08"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:409")]
    public async Task TheOtherServersAnswer()
    {
        Io.ServerSide.OnRequest("hello", () => ValueTask.FromResult("myself"));
        Nodes[1].Io.ServerSide.OnRequest<int, int>("hello", value => ValueTask.FromResult(value + 1));
        Nodes[2].Io.ServerSide.On<int, Ack>("hello", async (value, ack) =>
        {
            await ack.SendAsync("3");
            await ack.SendAsync("ignored");
        });
        var answers = await Io.ServerSideEmitWithAckAsync<object>("hello", 1).WithDeadline();
        Assert.Equal(["2", "3"], answers.Select(answer => answer!.ToString()).Order());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "PRO-TIM-14"), Trait("Spec", "SRV-SSE-03"), Trait("Spec", "SRV-CLU-08"), Trait("Behaviour", "socket.io-adapter/test/cluster-adapter.ts:423")]
    public async Task AServerThatDoesNotAnswerIsATimeoutWithThePartialListAndItsName()
    {
        // From now on they know of each other.
        Assert.True((await Io.FetchSocketsAsync().AsTask().WithDeadline()).IsComplete);
        var heard = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        Nodes[1].Io.ServerSide.On<Ack>("hello", async ack =>
        {
            await ack.SendAsync(2);
            answered.SetResult();
        });
        Nodes[2].Io.ServerSide.On("hello", heard.SetResult);
        var answers = Io.ServerSideEmitWithAckAsync<int>("hello");
        await heard.Task.WithDeadline();
        await answered.Task.WithDeadline();
        // What a server is asked after its answer, it answers after it.
        await Io.FetchSocketsAsync().AsTask().WithDeadline();
        Time.Advance(FiveSeconds);
        var error = await Assert.ThrowsAsync<BroadcastTimeoutException>(() => answers.WithDeadline());
        Assert.StartsWith(TimeoutText(missing: 1, of: 2), error.Message);
        Assert.Equal([NameOf(Nodes[2])], error.SilentServers);
        Assert.EndsWith("; silent: " + NameOf(Nodes[2]), error.Message);
        Assert.Equal([2], error.GetResponses<int>());
        await NothingIsPendingAsync();
    }

    [Fact, Trait("Spec", "SRV-SSE-03")]
    public async Task AServerAloneHasItsAnswersAtOnce()
    {
        await Nodes[1].DisposeAsync();
        await Nodes[2].DisposeAsync();
        Nodes.RemoveRange(1, 2);
        await SettleAsync("/", count: 1);
        Assert.Empty(await Io.ServerSideEmitWithAckAsync<int>("hello").WithDeadline());
        Assert.Equal(2, (await Io.FetchSocketsAsync().AsTask().WithDeadline()).Count);
    }

    [Fact, Trait("Spec", "SRV-CLU-04")]
    public async Task MessagesOfOneServerKeepTheirOrder()
    {
        for (int i = 0; i < 200; i++) await Io.EmitAsync("n", i);
        await Io.EmitAsync("end");
        string[] expected = [.. Enumerable.Range(0, 200).Select(i => $"42[\"n\",{i}]")];
        foreach (var client in Clients) Assert.Equal(expected, await client.UntilEndAsync());
    }

    /// <summary>What a server is called where it does not answer.</summary>
    protected virtual string NameOf(Node node) => ((ClusterAdapter)node.Io.Of("/").Adapter).ServerId;

    /// <summary>What a request says that ran out of time.</summary>
    protected abstract string TimeoutText(int missing, int of);
}
