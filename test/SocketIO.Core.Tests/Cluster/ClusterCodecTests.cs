using System.Text;
using SocketIO.Cluster;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Cluster;

public sealed class ClusterCodecTests
{
    private const string Uid = "0123456789abcdef";
    private static readonly BroadcastOptions s_room = new(["r"], []);

    private static readonly Dictionary<string, ClusterMessage> s_messages = new()
    {
        ["""{"type":1,"uid":"0123456789abcdef","nsp":"/"}"""] = new SignalMessage(ClusterMessageType.InitialHeartbeat, Uid, "/"),
        ["""{"type":2,"uid":"0123456789abcdef","nsp":"/"}"""] = new SignalMessage(ClusterMessageType.Heartbeat, Uid, "/"),
        ["""{"type":3,"data":{"packet":{"type":2,"data":["a",1,{"ü":[null]}]},"opts":{"rooms":[],"except":[],"flags":{}}},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new BroadcastMessage(Uid, "/", Event("a", 1, new Dictionary<string, object?> { ["ü"] = new object?[] { null } }), BroadcastOptions.All),
        ["""{"type":3,"data":{"packet":{"type":2,"data":["a",{"_placeholder":true,"num":0}],"id":9007199254740991},"requestId":"id","opts":{"rooms":["r","s"],"except":["t"],"flags":{"volatile":true,"compress":false,"expectSingleResponse":true,"timeout":2000}}},"uid":"0123456789abcdef","nsp":"/b"}"""] =
            new BroadcastMessage(
                Uid, "/b", Event("a", new byte[] { 1, 2 }),
                new BroadcastOptions(
                    ["r", "s"], ["t"], BroadcastFlags.Volatile | BroadcastFlags.NoCompression | BroadcastFlags.ExpectSingleResponse, TimeSpan.FromSeconds(2)),
                "id", packetId: 9007199254740991),
        ["""{"type":4,"data":{"opts":{"rooms":["r"],"except":[],"flags":{}},"rooms":["x","y"]},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new RoomsMessage(ClusterMessageType.SocketsJoin, Uid, "/", s_room, ["x", "y"]),
        ["""{"type":5,"data":{"opts":{"rooms":["r"],"except":[],"flags":{}},"rooms":[]},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new RoomsMessage(ClusterMessageType.SocketsLeave, Uid, "/", s_room, []),
        ["""{"type":6,"data":{"opts":{"rooms":["r"],"except":[],"flags":{}},"close":true},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new DisconnectSocketsMessage(Uid, "/", s_room, close: true),
        ["""{"type":7,"data":{"opts":{"rooms":["r"],"except":[],"flags":{}},"requestId":"id"},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new FetchSocketsMessage(Uid, "/", s_room, "id"),
        ["""{"type":7,"data":{"opts":{"rooms":["r"],"except":[],"flags":{}},"requestId":"id","only":"count"},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new FetchSocketsMessage(Uid, "/", s_room, "id", countOnly: true),
        ["""{"type":8,"data":{"requestId":"id","sockets":[],"count":3},"uid":"0123456789abcdef","nsp":"/"}"""] = new FetchSocketsResponse(Uid, "/", "id", [], 3),
        ["""{"type":8,"data":{"requestId":"id","sockets":[{"id":"s1","handshake":{"url":"/"},"rooms":["s1","r"],"data":{"n":1}},{"id":"s2","handshake":{},"rooms":[],"data":{"b":{"_placeholder":true,"num":0}}}]},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new FetchSocketsResponse(
                Uid, "/", "id",
                [
                    new SocketRecord("s1", Json("""{"url":"/"}"""), ["s1", "r"], Json("""{"n":1}""")),
                    new SocketRecord("s2", Json("{}"), [], PayloadSerializer.Default.SerializeMembers([new("b", new byte[] { 3 })])),
                ]),
        ["""{"type":9,"data":{"packet":["e",1]},"uid":"0123456789abcdef","nsp":"/"}"""] = new ServerSideEmitMessage(Uid, "/", Event("e", 1)),
        ["""{"type":9,"data":{"requestId":"id","packet":["e"]},"uid":"0123456789abcdef","nsp":"/"}"""] = new ServerSideEmitMessage(Uid, "/", Event("e"), "id"),
        ["""{"type":10,"data":{"requestId":"id","packet":{"_placeholder":true,"num":0}},"uid":"0123456789abcdef","nsp":"/"}"""] =
            new ServerSideEmitResponse(Uid, "/", "id", EventArguments.ForAck(PayloadSerializer.Default.SerializeArguments([new byte[] { 4 }]), PayloadSerializer.Default).Get<Payload>(0)),
        ["""{"type":11,"data":{"requestId":"id","clientCount":2},"uid":"0123456789abcdef","nsp":"/"}"""] = new ClientCountResponse(Uid, "/", "id", 2),
        ["""{"type":12,"data":{"requestId":"id","packet":3},"uid":"0123456789abcdef","nsp":"/"}"""] = new BroadcastAckResponse(Uid, "/", "id", Json("3")),
        ["""{"type":12,"data":{"requestId":"id"},"uid":"0123456789abcdef","nsp":"/"}"""] = new BroadcastAckResponse(Uid, "/", "id", default),
        ["""{"type":13,"uid":"0123456789abcdef","nsp":"/"}"""] = new SignalMessage(ClusterMessageType.AdapterClose, Uid, "/"),
    };

    public static TheoryData<string> Messages => [.. s_messages.Keys];

    [Theory, MemberData(nameof(Messages)), Trait("Spec", "SRV-CLU-02")]
    public void MessagesStandOnTheWireAsTheOfficialOnes(string json)
    {
        var written = ClusterCodec.Write(s_messages[json]);
        Assert.Equal(json, written.ToString());
        Assert.True(ClusterCodec.TryRead(written, out var read, out string? error), error);
        Assert.Same(s_messages[json].GetType(), read.GetType());
        Assert.Equal((s_messages[json].Type, Uid), (read.Type, read.SenderId));
        var again = ClusterCodec.Write(read);
        Assert.Equal(json, again.ToString());
        Assert.Equal(written.Attachments.Length, again.Attachments.Length);
        for (int i = 0; i < written.Attachments.Length; i++) Assert.Equal(written.Attachments.Span[i].ToArray(), again.Attachments.Span[i].ToArray());

        var data = ClusterCodec.WriteData(read);
        Assert.True(ClusterCodec.TryReadData((int)read.Type, Uid, read.Namespace, data, out var unwrapped, out error), error);
        Assert.Equal(json, ClusterCodec.Write(unwrapped).ToString());
    }

    [Theory, Trait("Spec", "SRV-CLU-02"), Trait("Spec", "SRV-CLU-14")]
    [InlineData("""{"nsp":"/","uid":"emitter","data":{"opts":{"rooms":["r"]},"packet":{"data":["e"],"nsp":"/other","type":2}},"type":3}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":5,"data":["e"]},"opts":{"rooms":["r"],"flags":null,"except":null}},"uid":"emitter","nsp":"/"}""")]
    [InlineData("""{"type":3,"data":{"packet":{"type":2,"data":["e"]},"opts":{"rooms":["x"],"rooms":["r"],"flags":{"broadcast":true,"binary":false,"new":{"a":[1]}}}},"uid":"emitter","nsp":"/","more":[]}""")]
    [InlineData(""" { "type" : 3 , "data" : { "packet" : { "data" : [ "e" ] } , "opts" : { "rooms" : [ "r" ] } } , "uid" : "emitter" , "nsp" : "/" } """)]
    public void OtherWritersAreUnderstood(string json)
    {
        Assert.True(ClusterCodec.TryRead(Json(json), out var message, out string? error), error);
        Assert.Equal(
            """{"type":3,"data":{"packet":{"type":2,"data":["e"],"nsp":"/"},"opts":{"rooms":["r"],"except":[],"flags":{}}},"uid":"emitter","nsp":"/"}""",
            ClusterCodec.Write(message).ToString().Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public void AChannelMayTellTheNamespaceAndRoomsMayBeNumbers()
    {
        var json = Json("""{"type":6,"data":{"opts":{"rooms":[1,"\u00e9"]}},"uid":"emitter"}""");
        Assert.False(ClusterCodec.TryRead(json, out _, out string? error));
        Assert.Equal("no namespace", error);
        Assert.True(ClusterCodec.TryRead(json, out var message, out _, ns: "/b"));
        var disconnect = Assert.IsType<DisconnectSocketsMessage>(message);
        Assert.Equal("/b", disconnect.Namespace);
        Assert.Equal(["1", "é"], disconnect.Options.Rooms);
        Assert.False(disconnect.Close);
    }

    [Theory, Trait("Spec", "SEC-CLU-01")]
    [InlineData("\"all\"", "-1")]
    [InlineData("[\"count\"]", "\"3\"")]
    [InlineData("1", "1e99")]
    public void ACountThatIsNoneIsThatOfTheSockets(string only, string count)
    {
        Assert.True(ClusterCodec.TryRead(Json($$"""{"type":7,"data":{"opts":{"rooms":[]},"requestId":"id","only":{{only}}},"uid":"u","nsp":"/"}"""), out var message, out _));
        Assert.False(Assert.IsType<FetchSocketsMessage>(message).CountOnly);
        Assert.True(ClusterCodec.TryRead(Json($$"""{"type":8,"data":{"requestId":"id","sockets":[{"id":"s"}],"count":{{count}}},"uid":"u","nsp":"/"}"""), out message, out _));
        Assert.Equal(1, Assert.IsType<FetchSocketsResponse>(message).Count);
    }

    [Theory, Trait("Spec", "SEC-CLU-01")]
    [InlineData("", "no JSON")]
    [InlineData("{", "no JSON")]
    [InlineData("not json", "no JSON")]
    [InlineData("{}{}", "no JSON")]
    [InlineData("{\"type\":1,\"uid\":\"u\",\"nsp\":\"/\"} x", "no JSON")]
    [InlineData("[]", "no type")]
    [InlineData("null", "no type")]
    [InlineData("\"text\"", "no type")]
    [InlineData("{\"uid\":\"u\",\"nsp\":\"/\"}", "no type")]
    [InlineData("{\"type\":\"1\",\"uid\":\"u\",\"nsp\":\"/\"}", "no type")]
    [InlineData("{\"type\":1.5,\"uid\":\"u\",\"nsp\":\"/\"}", "no type")]
    [InlineData("{\"type\":1e99,\"uid\":\"u\",\"nsp\":\"/\"}", "no type")]
    [InlineData("{\"type\":1,\"uid\":\"u\"}", "no namespace")]
    [InlineData("{\"type\":1,\"uid\":\"u\",\"nsp\":1}", "no namespace")]
    [InlineData("{\"type\":0,\"uid\":\"u\",\"nsp\":\"/\"}", "unknown type")]
    [InlineData("{\"type\":14,\"uid\":\"u\",\"nsp\":\"/\"}", "unknown type")]
    [InlineData("{\"type\":-1,\"uid\":\"u\",\"nsp\":\"/\"}", "unknown type")]
    public void PoisonIsNamed(string text, string expected)
    {
        Assert.False(ClusterCodec.TryRead(Json(text), out var message, out string? error));
        Assert.Null(message);
        Assert.Equal(expected, error);
    }

    [Theory, Trait("Spec", "SEC-CLU-01")]
    [InlineData(3, "")]
    [InlineData(3, "null")]
    [InlineData(3, "[]")]
    [InlineData(3, "{}")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]}}""")]
    [InlineData(3, """{"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":[],"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":{}},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":[]},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":[{}]},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":0,"data":["e"]},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"],"id":-1},"opts":{"rooms":[]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]},"opts":{"rooms":"r"}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[null]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]},"opts":{"rooms":[["r"]]}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]},"opts":{"except":{}}}""")]
    [InlineData(3, """{"packet":{"type":2,"data":["e"]},"opts":[]}""")]
    [InlineData(4, """{"opts":{"rooms":[]}}""")]
    [InlineData(4, """{"opts":{"rooms":[]},"rooms":"r"}""")]
    [InlineData(5, """{"rooms":["r"]}""")]
    [InlineData(6, """{"close":true}""")]
    [InlineData(7, """{"opts":{"rooms":[]}}""")]
    [InlineData(7, """{"opts":{"rooms":[]},"requestId":1}""")]
    [InlineData(8, """{"requestId":"id"}""")]
    [InlineData(8, """{"requestId":"id","sockets":{}}""")]
    [InlineData(8, """{"requestId":"id","sockets":[1]}""")]
    [InlineData(8, """{"requestId":"id","sockets":[{"rooms":[]}]}""")]
    [InlineData(8, """{"requestId":"id","sockets":[{"id":"s","rooms":[{}]}]}""")]
    [InlineData(8, """{"sockets":[]}""")]
    [InlineData(9, """{"packet":"e"}""")]
    [InlineData(9, """{"packet":[]}""")]
    [InlineData(9, """{"packet":[null]}""")]
    [InlineData(10, """{"packet":1}""")]
    [InlineData(11, """{"requestId":"id"}""")]
    [InlineData(11, """{"requestId":"id","clientCount":-1}""")]
    [InlineData(11, """{"requestId":"id","clientCount":1.5}""")]
    [InlineData(11, """{"requestId":"id","clientCount":99999999999}""")]
    [InlineData(12, """{"requestId":null,"packet":1}""")]
    public void DataOfAWrongShapeIsRefused(int type, string data)
    {
        Assert.False(ClusterCodec.TryReadData(type, Uid, "/", Json(data), out _, out string? error));
        Assert.Equal($"malformed data of type {type}", error);
        string member = data.Length == 0 ? "" : $"\"data\":{data},";
        Assert.False(ClusterCodec.TryRead(Json($"{{\"type\":{type},{member}\"uid\":\"u\",\"nsp\":\"/\"}}"), out _, out error));
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public void BytesThatAreNoTextDepthAndStrayPlaceholdersAreRefused()
    {
        Assert.False(ClusterCodec.TryRead(new Payload(new byte[] { 0x83, 0xa4, 0xff }), out _, out string? error));
        Assert.Equal("no UTF-8", error);
        Assert.False(ClusterCodec.TryRead(Broadcast(new string('[', 100_000) + new string(']', 100_000)), out _, out error));
        Assert.Equal("no JSON", error);
        Assert.True(ClusterCodec.TryRead(Broadcast(new string('[', 62) + new string(']', 62)), out _, out error), error);
        Assert.True(ClusterCodec.TryRead(Broadcast("\"\\ud800\""), out var message, out error), error);
        Assert.Contains("\\ufffd", ClusterCodec.Write(message).ToString(), StringComparison.OrdinalIgnoreCase);
        foreach (string number in (string[])["1", "-1", "\"0\"", "0.5"])
        {
            var payload = new Payload(
                Broadcast($$"""{"_placeholder":true,"num":{{number}}}""").Json, new ReadOnlyMemory<byte>[] { new byte[] { 1 } });
            Assert.False(ClusterCodec.TryRead(payload, out _, out error));
            Assert.Equal("illegal attachments", error);
        }
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public void NoMutationThrows()
    {
        var random = new Random(17);
        foreach (var message in s_messages.Values)
        {
            var original = ClusterCodec.Write(message);
            for (int i = 0; i < 2000; i++)
            {
                byte[] bytes = original.Json.ToArray();
                for (int change = random.Next(1, 4); change > 0; change--)
                {
                    int at = random.Next(bytes.Length);
                    if (random.Next(3) == 0) bytes[at] = (byte)random.Next(256);
                    else bytes[at] = (byte)"{}[]\",:0123456789\\un"[random.Next(20)];
                }

                if (random.Next(4) == 0) bytes = bytes[..random.Next(bytes.Length)];
                if (ClusterCodec.TryRead(new Payload(bytes, original.Attachments), out var read, out string? error)) ClusterCodec.Write(read);
                else Assert.NotNull(error);
            }
        }
    }

    [Fact, Trait("Spec", "SRV-CLU-01")]
    public void IdsAreSixteenDigits()
    {
        Assert.Matches("^[0-9a-f]{16}$", ClusterId.Next());
        Assert.NotEqual(ClusterId.Next(), ClusterId.Next());
    }

    private static Payload Event(string name, params object?[] arguments) => PayloadSerializer.Default.SerializeEvent(name, arguments);

    private static Payload Json(string json) => new(Encoding.UTF8.GetBytes(json));

    private static Payload Broadcast(string argument) =>
        Json($$$"""{"type":3,"data":{"packet":{"type":2,"data":["e",{{{argument}}}]},"opts":{"rooms":[]}},"uid":"u","nsp":"/"}""");
}
