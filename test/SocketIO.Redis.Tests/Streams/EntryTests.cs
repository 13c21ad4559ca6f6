using System.Text.Json.Nodes;
using SocketIO.Redis.Recovery;
using SocketIO.Redis.Streams;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Streams;

public sealed class EntryTests
{
    public static TheoryData<string, string> Captured()
    {
        var data = new TheoryData<string, string>();
        foreach (string file in (string[])["redis-streams.json", "redis-streams-options.json", "redis-streams-recovery.json", "redis-streams-emitter.json"])
        {
            foreach (var vector in StreamVector.Load(file).Where(vector => vector.Entries.Any())) data.Add(file, vector.Id);
        }

        return data;
    }

    [Theory, MemberData(nameof(Captured))]
    public void EntriesOfOfficialServersAreReadAndWrittenTheSame(string file, string id)
    {
        foreach (var entry in StreamVector.Load(file, id).Entries)
        {
            Assert.True(EntryCodec.TryRead(entry, out var message, out string? error), error);
            var written = EntryCodec.Write(message, EntryCodec.WriteData(message));
            Assert.Equal(entry.Values.Select(field => field.Name), written.Select(field => field.Name));
            Assert.Equal(entry.Values[..3].Select(field => (string?)field.Value), written[..3].Select(field => (string?)field.Value));
            AssertSame(entry.Values[3].Value, written[3].Value);
        }
    }

    [Theory]
    [InlineData("/", 47)]
    [InlineData("/foo", 1501751)]
    [InlineData("/chat", 46457863)]
    [InlineData("/admin", 1438238848)]
    [InlineData("/notifications", -1014064871)]
    public void NamespacesHashAsInJavaScript(string ns, int hash) => Assert.Equal(hash, StreamNames.Hash(ns));

    [Theory]
    [InlineData("/", 1, "s", null)]
    [InlineData("/notifications", 1, "s", null)]
    [InlineData("/", 3, "s-2", null)]
    [InlineData("/foo", 3, "s-2", null)]
    [InlineData("/notifications", 3, "s-1", "s--2")]
    public void ANamespaceWithANegativeHashHasAStreamThatIsReadAndThatOfNode(string ns, int count, string written, string? ofNode) =>
        Assert.Equal(new StreamNames(written, ofNode), StreamNames.Of(ns, "s", count));

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public void WhatIsNoMessageIsNotRead()
    {
        (string Name, string Value)[][] poison =
        [
            [],
            [("uid", "u"), ("type", "3"), ("data", "{}")],
            [("uid", "u"), ("nsp", ""), ("type", "3"), ("data", "{}")],
            [("uid", "u"), ("nsp", "/"), ("data", "{}")],
            [("uid", "u"), ("nsp", "/"), ("type", "x"), ("data", "{}")],
            [("uid", "u"), ("nsp", "/"), ("type", "99999999999"), ("data", "{}")],
            [("uid", "u"), ("nsp", "/"), ("type", "3")],
            [("uid", "u"), ("nsp", "/"), ("type", "3"), ("data", "{\"packet\":")],
            [("uid", "u"), ("nsp", "/"), ("type", "3"), ("data", "no base 64!")],
            [("uid", "u"), ("nsp", "/"), ("type", "3"), ("data", "////")],
        ];
        foreach (var fields in poison)
        {
            var entry = new StreamEntry("1-0", [.. fields.Select(field => new NameValueEntry(field.Name, field.Value))]);
            Assert.False(EntryCodec.TryRead(entry, out _, out string? error));
            Assert.NotNull(error);
        }
    }

    // The order of members, and whether an emitter says the namespace once more, mean nothing.
    private static void AssertSame(RedisValue expected, RedisValue actual)
    {
        Assert.True(EntryCodec.TryReadValue(expected, out var left));
        Assert.True(EntryCodec.TryReadValue(actual, out var right));
        var (wanted, written) = (JsonNode.Parse(left.Json.Span)!, JsonNode.Parse(right.Json.Span)!);
        Assert.True(JsonNode.DeepEquals(wanted, written), $"{wanted} {written}");
        Assert.Equal(left.Attachments.ToArray().Select(Convert), right.Attachments.ToArray().Select(Convert));
        Assert.Equal(expected.StartsWith("{"), actual.StartsWith("{"));

        static string Convert(ReadOnlyMemory<byte> bytes) => System.Convert.ToHexString(bytes.Span);
    }
}
