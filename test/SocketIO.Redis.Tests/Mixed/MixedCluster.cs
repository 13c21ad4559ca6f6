using System.Text.Json.Nodes;
using TestKit;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>What our server and an official one do together, whatever the adapter: each operation from either side.</summary>
public abstract class MixedCluster(MixedServers servers)
{
    private const string A = "a", B = "b", C = "c";

    /// <summary>How the bytes 1 and 2 arrive in an event for servers.</summary>
    protected virtual string BytesForServers => """{"$bytes":"0102"}""";

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-04"), Trait("Spec", "SRV-BC-09")]
    public async Task BroadcastsReachWhomTheyAreFor(bool fromNode)
    {
        await using var cluster = await OpenAsync();
        (int Client, string Room)[] members = [(0, A), (1, B), (2, A), (2, C), (3, B), (3, C)];
        foreach (var (client, room) in members) await cluster.JoinAsync(client, room);
        string near = fromNode ? "23" : "01", sender = fromNode ? "3" : "0", senderId = cluster.Clients[int.Parse(sender, null)].Id;
        (string Chain, string Recipients)[] broadcasts =
        [
            ("", "0123"),
            ("[\"to\",\"a\"],", "02"),
            ("[\"to\",\"a\"],[\"to\",\"c\"],", "023"),
            ("[\"in\",[\"b\",\"c\"]],", "123"),
            ("[\"to\",\"nobody\"],", ""),
            ("[\"except\",\"a\"],", "13"),
            ("[\"to\",\"c\"],[\"except\",[\"a\",\"other\"]],", "3"),
            ("[\"local\"],", near),
            ("[\"local\"],[\"to\",\"a\"],", fromNode ? "2" : "0"),
            ($"[\"to\",\"{cluster.Clients[0].Id}\"],", "0"),
            ($"[\"to\",\"{cluster.Clients[3].Id}\"],", "3"),
            ($"[\"sockets\"],[\"get\",\"{senderId}\"],[\"broadcast\"],", "0123".Replace(sender, "", StringComparison.Ordinal)),
            ($"[\"sockets\"],[\"get\",\"{senderId}\"],[\"broadcast\"],[\"to\",\"c\"],", fromNode ? "2" : "23"),
        ];
        for (int i = 0; i < broadcasts.Length; i++) await cluster.RunAsync(fromNode, $"[{broadcasts[i].Chain}[\"emit\",\"{i}\"]]");
        for (int client = 0; client < 4; client++)
        {
            var isFor = broadcasts.Select(broadcast => broadcast.Recipients.Contains($"{client}", StringComparison.Ordinal)).ToList();
            var wanted = Enumerable.Range(0, broadcasts.Length).Where(i => isFor[i]).Select(static i => $"{i}").ToList();
            var received = new List<string>();
            while (received.Count < wanted.Count) received.Add((string)(await cluster.Clients[client].ReceiveAsync())![0]!);
            Assert.Equal(wanted.Order(), received.Order());
        }

        await EndAsync(cluster, fromNode);
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-04")]
    public async Task VolatileBroadcastsArrive(bool fromNode)
    {
        await using var cluster = await OpenAsync();
        // A client that cannot be written to at that moment has none.
        var waiting = cluster.Clients.Select(static client => client.ReceiveAsync()).ToList();
        while (!waiting.TrueForAll(static receiving => receiving.IsCompleted))
        {
            await cluster.RunAsync(fromNode, """[["volatile"],["emit","volatile",{"$bytes":"01"}]]""");
            await Task.WhenAny(Task.WhenAll(waiting), Task.Delay(50));
        }

        foreach (var receiving in waiting) Assert.True(Values.AreEqual("""["volatile",{"$bytes":"01"}]""", await receiving));
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-04")]
    public async Task ValuesArriveAsTheyWere(bool fromNode)
    {
        const string Date = "\"2024-01-02T03:04:05.678Z\"";
        (string Sent, string Received)[] values =
        [
            ("""1,"two",true,null,[],{},-3.5""", """1,"two",true,null,[],{},-3.5"""),
            ("""{"a":{"b":[1,{"c":"d"}]},"ключ":"значение"}""", """{"a":{"b":[1,{"c":"d"}]},"ключ":"значение"}"""),
            ("\"\\u0000\\u2028 \\\"<é漢😀>\\\\ \\ud83d\\ude00\"", "\"\\u0000\\u2028 \\\"<é漢😀>\\\\ \\ud83d\\ude00\""),
            ("""{"$bytes":"00ff80"}""", """{"$bytes":"00ff80"}"""),
            ("""{"a":{"$bytes":"01"},"b":[{"$bytes":""},{"c":{"$bytes":"0203"}}]},"text" """, """{"a":{"$bytes":"01"},"b":[{"$bytes":""},{"c":{"$bytes":"0203"}}]},"text" """),
            ($"{{\"$date\":{Date}}}", Date),
            ($"{{\"at\":{{\"$date\":{Date}}}}}", $"{{\"at\":{Date}}}"),
            ($"{{\"at\":{{\"$date\":{Date}}},\"bytes\":{{\"$bytes\":\"04\"}}}}", $"{{\"at\":{Date},\"bytes\":{{\"$bytes\":\"04\"}}}}"),
            ("9007199254740991,-2147483649,0.1", "9007199254740991,-2147483649,0.1"),
        ];
        await using var cluster = await OpenAsync();
        foreach (var (sent, received) in values)
        {
            await cluster.RunAsync(fromNode, $"[[\"emit\",\"value\",{sent}]]");
            foreach (var client in cluster.Clients) await client.ExpectAsync($"[\"value\",{received}]");
        }
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-06")]
    public async Task AllClientsAcknowledge(bool fromNode)
    {
        await using var cluster = await OpenAsync();
        foreach (string value in (string[])["1", "\"é\"", """{"$bytes":"0102"}""", """{"a":[{"$bytes":"03"}]}"""])
        {
            var answers = await cluster.RunAsync(fromNode, $"[[\"timeout\",10000],[\"emitWithAck\",\"question\",{value}]]");
            Assert.True(Values.AreEqual($"[{value},{value},{value},{value}]", answers), answers?.ToJsonString());
        }

        await cluster.JoinAsync(1, A);
        await cluster.JoinAsync(2, A);
        foreach (var client in cluster.Clients)
        {
            for (int i = 0; i < 4; i++) await client.ReceiveAsync();
        }

        var ofRoom = await cluster.RunAsync(fromNode, """[["to","a"],["timeout",10000],["emitWithAck","question",1]]""");
        Assert.True(Values.AreEqual("[1,1]", ofRoom), ofRoom?.ToJsonString());
        var ofNobody = await cluster.RunAsync(fromNode, """[["to","nobody"],["timeout",10000],["emitWithAck","question",1]]""");
        Assert.True(Values.AreEqual("[]", ofNobody), ofNobody?.ToJsonString());
    }

    [Fact, Trait("Spec", "SRV-CLU-06")]
    public async Task OfThoseThatAnswerInTimeTheAnswersAreKept()
    {
        await using var cluster = await OpenAsync();
        const string Ask = """[["timeout",3000],["emitWithAck","silent",1]]""";
        // Neither of our clients answers.
        foreach (var result in await Task.WhenAll(cluster.RunAsync(false, Ask), cluster.RunAsync(true, Ask)))
        {
            Assert.NotNull(result!["$error"]);
            Assert.True(Values.AreEqual("[1,1]", result["responses"]), result.ToJsonString());
        }
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-07")]
    public async Task SocketsOfBothAreFetched(bool fromNode)
    {
        await using var cluster = await OpenAsync();
        for (int client = 0; client < 4; client++)
        {
            string id = cluster.Clients[client].Id;
            if (cluster.Clients[client].IsOfNode) await servers.Official.CallAsync("setData", cluster.Name, id, "{\"user\":\"é\",\"n\":{\"m\":[1]}}");
            else (cluster.Ours.Sockets[id].Data["user"], cluster.Ours.Sockets[id].Data["n"]) = ("é", new { m = new[] { 1 } });
            await cluster.JoinAsync(client, client % 2 == 0 ? A : B);
        }

        var sockets = (JsonArray)(await cluster.RunAsync(fromNode, "[[\"fetchSockets\"]]"))!;
        Assert.Equal(cluster.Clients.Select(static client => client.Id).Order(), sockets.Select(static socket => (string)socket!["id"]!).Order());
        for (int client = 0; client < 4; client++)
        {
            string id = cluster.Clients[client].Id;
            var socket = sockets.Single(socket => (string)socket!["id"]! == id)!;
            Assert.Equal(new[] { id, client % 2 == 0 ? A : B }.Order(), socket["rooms"]!.AsArray().Select(static room => (string)room!).Order());
            Assert.True(Values.AreEqual("{\"user\":\"é\",\"n\":{\"m\":[1]}}", socket["data"]), socket["data"]!.ToJsonString());
            var handshake = socket["handshake"]!;
            Assert.Equal("ä", (string)handshake["auth"]!["token"]!);
            Assert.Equal("1", (string)handshake["query"]!["q"]!);
            Assert.StartsWith("127.0.0.1:", (string)handshake["headers"]!["host"]!);
            Assert.Contains("127.0.0.1", (string)handshake["address"]!, StringComparison.Ordinal);
            Assert.False((bool)handshake["secure"]!);
            Assert.StartsWith("/socket.io/?", (string)handshake["url"]!);
            Assert.True((long)handshake["issued"]! > 1_000_000_000_000);
        }

        var ofRoom = (JsonArray)(await cluster.RunAsync(fromNode, "[[\"in\",\"a\"],[\"fetchSockets\"]]"))!;
        Assert.Equal(new[] { cluster.Clients[0].Id, cluster.Clients[2].Id }.Order(), ofRoom.Select(static socket => (string)socket!["id"]!).Order());
        Assert.Equal(2, ((JsonArray)(await cluster.RunAsync(fromNode, "[[\"local\"],[\"fetchSockets\"]]"))!).Count);
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-CLU-05")]
    public async Task SocketsOfBothAreMoved(bool fromNode)
    {
        await using var cluster = await OpenAsync();
        await cluster.RunAsync(fromNode, """[["socketsJoin",["a","b"]]]""");
        await cluster.UntilAsync(!fromNode, """[["in","b"],["fetchSockets"]]""", static sockets => sockets!.AsArray().Count == 4);
        await cluster.RunAsync(fromNode, $"[[\"in\",[\"{cluster.Clients[1].Id}\",\"{cluster.Clients[2].Id}\"]],[\"socketsLeave\",\"b\"]]");
        await cluster.UntilAsync(!fromNode, """[["in","b"],["fetchSockets"]]""", static sockets => sockets!.AsArray().Count == 2);
        var left = await cluster.RunAsync(fromNode, """[["in","b"],["fetchSockets"]]""");
        Assert.Equal(new[] { cluster.Clients[0].Id, cluster.Clients[3].Id }.Order(), left!.AsArray().Select(static socket => (string)socket!["id"]!).Order());
        Assert.Equal(4, (await cluster.RunAsync(fromNode, """[["in","a"],["fetchSockets"]]"""))!.AsArray().Count);

        await cluster.RunAsync(fromNode, """[["in","b"],["disconnectSockets"]]""");
        await cluster.UntilAsync(!fromNode, """[["fetchSockets"]]""", static sockets => sockets!.AsArray().Count == 2);
        await Deadline.UntilAsync(() => !cluster.Clients[0].Ours!.Connected, "the disconnection");
        Assert.True(cluster.Clients[2].Ours!.Connected);
        await cluster.RunAsync(fromNode, """[["disconnectSockets",true]]""");
        var ids = cluster.Clients.Select(static client => client.Id).ToList();
        await cluster.UntilAsync(!fromNode, """[["fetchSockets"]]""", sockets => !sockets!.AsArray().Any(socket => ids.Contains((string)socket!["id"]!)));
    }

    [Fact, Trait("Spec", "SRV-SSE-01"), Trait("Spec", "SRV-CLU-08")]
    public async Task ServersSpeakToOneAnother()
    {
        await using var cluster = await servers.OpenAsync();
        var heard = new TaskCompletionSource<JsonNode?>();
        cluster.Ours.ServerSide.On<EventArguments>("notice", args => heard.SetResult(Values.Show(args.Payload)));
        string wanted = $"[\"notice\",1,{{\"a\":{BytesForServers}}},\"é\"]";
        await cluster.RunAsync(true, """[["serverSideEmit","notice",1,{"a":{"$bytes":"0102"}},"é"]]""");
        var text = await heard.Task.WithDeadline();
        Assert.True(Values.AreEqual(wanted, text), text?.ToJsonString());
        await cluster.RunAsync(false, """[["serverSideEmit","notice",1,{"a":{"$bytes":"0102"}},"é"]]""");
        var atNode = await cluster.HeardByOfficialAsync();
        Assert.True(Values.AreEqual(wanted, atNode), atNode?.ToJsonString());
    }

    [Theory, InlineData(false), InlineData(true), Trait("Spec", "SRV-SSE-03"), Trait("Spec", "SRV-CLU-08")]
    public async Task ServersAnswerOneAnother(bool fromNode)
    {
        await using var cluster = await servers.OpenAsync();
        cluster.Ours.ServerSide.On<EventArguments, Ack>("question", static async (args, ack) => await ack.SendArgumentsAsync([args.ToArray()[0]]));
        foreach (string value in (string[])["1", "\"é\"", """{"a":[1,null]}"""])
        {
            var answers = await cluster.RunAsync(fromNode, $"[[\"serverSideEmitWithAck\",\"question\",{value}]]");
            Assert.True(Values.AreEqual($"[{value}]", answers), answers?.ToJsonString());
        }
    }

    [Fact, Trait("Spec", "SRV-CLU-01")]
    public async Task TheMainNamespaceIsOneToo()
    {
        await using var cluster = await OpenAsync("/");
        foreach (bool onNode in (bool[])[false, true])
        {
            Assert.Equal(2, (int)(await cluster.RunAsync(onNode, """[["adapter"],["serverCount"]]"""))!);
            await cluster.RunAsync(onNode, """[["emit","hello",{"$bytes":"01"}]]""");
            foreach (var client in cluster.Clients) await client.ExpectAsync("""["hello",{"$bytes":"01"}]""");
        }
    }

    private static async Task EndAsync(MixedNamespace cluster, bool fromNode)
    {
        await cluster.RunAsync(fromNode, """[["emit","end"]]""");
        foreach (var client in cluster.Clients) Assert.Empty(await client.UntilEndAsync());
    }

    private async Task<MixedNamespace> OpenAsync(string? name = null) => await (await servers.OpenAsync(name)).ConnectAsync();
}
