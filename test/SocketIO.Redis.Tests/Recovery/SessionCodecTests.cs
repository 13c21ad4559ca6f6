using System.Text;
using SocketIO.AspNetCore.Recovery;
using SocketIO.Json;
using SocketIO.Redis.Recovery;
using SocketIO.Redis.Tests.Streams;

namespace SocketIO.Redis.Tests.Recovery;

public sealed class SessionCodecTests
{
    [Fact, Trait("Spec", "SRV-CSR-02")]
    public void ASessionOfAnOfficialServerIsReadAndBeginsAsOneOfOurs()
    {
        byte[] captured = StreamVector.Load("redis-streams-recovery.json", "disconnect").Commands.Single(command => StreamVector.Text(command[0]) == "SET")[2];
        var stored = SessionCodec.TryRead(captured)!;
        Assert.Equal(("ALVlZO9r2o_kTUyCAAAA", "B_zgg5EhOTTP_3LOAAAB"), (stored.Session.Id, stored.Session.PrivateId));
        Assert.Equal(["ALVlZO9r2o_kTUyCAAAA", "room1"], stored.Session.Rooms);
        Assert.Equal([new("u", "bob"), new("n", 7)], stored.Session.Data);
        Assert.Null(stored.Namespace);

        byte[] written = Convert.FromBase64String(Encoding.UTF8.GetString(SessionCodec.Write(stored.Session, "/", PayloadSerializer.Default, closed: null)));
        byte[] expected = Convert.FromBase64String(Encoding.UTF8.GetString(captured));
        // The same map, with one member more.
        Assert.Equal((0x84, 0x85), (expected[0], written[0]));
        Assert.Equal(expected[1..], written[1..expected.Length]);
    }

    [Fact]
    public void ASessionKeepsWhatThisServerKnows()
    {
        var data = new Dictionary<string, object?>
        {
            ["text"] = "t", ["number"] = 5_000_000_000, ["fraction"] = 0.5, ["flag"] = true, ["nothing"] = null, ["bytes"] = new byte[] { 1, 2 }, ["list"] = new[] { 1 },
        };
        var session = new RecoverableSession("id", "private", ["id", "a"], data) { GrantedAt = "5-0", LastSent = "7-1" };
        var stored = SessionCodec.TryRead(SessionCodec.Write(session, "/chat", PayloadSerializer.Default, new StreamOffset(9, 0)))!;
        Assert.Equal("/chat", stored.Namespace);
        Assert.Equal((new(5, 0), new(7, 1), new(9, 0)), (stored.Granted!.Value, stored.Sent!.Value, stored.Closed!.Value));
        Assert.Equal(["t", 5_000_000_000, 0.5, true, null], stored.Session.Data.Values.Take(5));
        Assert.Equal([1, 2], PayloadSerializer.Default.Deserialize<byte[]>((Payload)stored.Session.Data["bytes"]!)!);
        Assert.Equal([1], PayloadSerializer.Default.Deserialize<int[]>((Payload)stored.Session.Data["list"]!)!);
    }

    [Theory]
    [InlineData("")]
    [InlineData("!")]
    [InlineData("gA==")]
    [InlineData("{\"sid\":1,\"pid\":\"p\",\"rooms\":[]}")]
    [InlineData("{\"sid\":\"s\",\"pid\":\"p\"}")]
    [InlineData("{\"sid\":\"s\",\"pid\":\"p\",\"rooms\":[{}]}")]
    public void WhatIsNoSessionIsNotRead(string text) => Assert.Null(SessionCodec.TryRead(text));

    [Theory, Trait("Spec", "SEC-APP-02")]
    // The client has all that was sent: what it missed began where the session ended.
    [InlineData("7-1", "5-0", "7-1", "9-0", "9-0")]
    // The last event was lost on its way.
    [InlineData("6-0", "5-0", "7-1", "9-0", "6-0")]
    // It got none.
    [InlineData(null, "5-0", "7-1", "9-0", "5-0")]
    [InlineData(null, "5-0", null, "9-0", "9-0")]
    // Its offset is of the session before.
    [InlineData("3-0", "5-0", null, "9-0", "9-0")]
    // It was sent one after the end.
    [InlineData("9-5", "5-0", "9-5", "9-0", "9-5")]
    // It says what cannot be.
    [InlineData("10-0", "5-0", "7-1", "9-0", null)]
    // What a Node.js server stored says nothing but the offset.
    [InlineData("7-1", null, null, null, "7-1")]
    [InlineData(null, null, null, null, null)]
    public void WhereTheMissedEventsBegin(string? offset, string? granted, string? sent, string? closed, string? expected)
    {
        var stored = new StoredSession(new RecoverableSession("s", "p", [], new Dictionary<string, object?>()), "/", Parse(granted), Parse(sent), Parse(closed));
        Assert.Equal(expected is not null, stored.TryFindStart(Parse(offset), out var start));
        if (expected is not null) Assert.Equal(expected, start.ToString());

        static StreamOffset? Parse(string? text) => StreamOffset.TryParse(text, out var parsed) ? parsed : null;
    }

    [Theory, Trait("Spec", "SEC-APP-02")]
    [InlineData("1795416986203-0", true)]
    [InlineData("0-0", true)]
    [InlineData("", false)]
    [InlineData("-", false)]
    [InlineData("1-", false)]
    [InlineData("-1", false)]
    [InlineData(" 1-0", false)]
    [InlineData("1-0-0", false)]
    [InlineData("+", false)]
    [InlineData("99999999999999999999-0", false)]
    public void OffsetsAreTwoNumbers(string text, bool isOffset)
    {
        Assert.Equal(isOffset, StreamOffset.TryParse(text, out var offset));
        if (isOffset) Assert.Equal(text, offset.ToString());
    }
}
