using Fuzz.Inputs;
using SocketIO;
using SocketIO.Cluster;

namespace Fuzz.Sockets;

/// <summary>Messages of other servers: the channel of a cluster is open to whoever reaches its store. What is read can be written, and is read again as the same.</summary>
public sealed class ClusterCodecTarget : FuzzTarget
{
    private const string Options = "\"opts\":{\"rooms\":[\"r\",1],\"except\":null,\"flags\":{\"volatile\":true,\"compress\":false,\"timeout\":2000}}";

    private static readonly ReadOnlyMemory<byte>[] s_attachments = [new byte[] { 1, 2, 3 }, default];

    private static readonly byte[][] s_corpus = FuzzInput.Utf8(
        "{\"type\":1,\"uid\":\"0123456789abcdef\",\"nsp\":\"/\"}",
        $"{{\"type\":3,\"data\":{{\"packet\":{{\"type\":2,\"data\":[\"a\",{{\"_placeholder\":true,\"num\":0}}],\"id\":7}},\"requestId\":\"id\",{Options}}},\"uid\":\"u\",\"nsp\":\"/b\"}}",
        $"{{\"type\":4,\"data\":{{{Options},\"rooms\":[\"x\",\"y\"]}},\"uid\":\"u\",\"nsp\":\"/\"}}",
        $"{{\"type\":6,\"data\":{{{Options},\"close\":true}},\"uid\":\"u\",\"nsp\":\"/\"}}",
        $"{{\"type\":7,\"data\":{{{Options},\"requestId\":\"id\"}},\"uid\":\"u\",\"nsp\":\"/\"}}",
        "{\"type\":8,\"data\":{\"requestId\":\"id\",\"sockets\":[{\"id\":\"s\",\"handshake\":{\"url\":\"/\"},\"rooms\":[\"s\"],\"data\":{\"b\":{\"_placeholder\":true,\"num\":1}}}]},\"uid\":\"u\",\"nsp\":\"/\"}",
        "{\"type\":9,\"data\":{\"requestId\":\"id\",\"packet\":[\"e\",1]},\"uid\":\"u\",\"nsp\":\"/\"}",
        "{\"type\":11,\"data\":{\"requestId\":\"id\",\"clientCount\":3},\"uid\":\"u\",\"nsp\":\"/\"}",
        "{\"type\":12,\"data\":{\"requestId\":\"id\",\"packet\":[1,null]},\"uid\":\"u\",\"nsp\":\"/\"}");

    private static readonly byte[][] s_tokens =
    [
        [0xFF], [0xED, 0xA0, 0x80],
        .. FuzzInput.Utf8(
            "{", "}", "[", "]", ",", ":", "\"", "null", "true", "-1", "1e400", "99999999999999999999", "1.5", "\\ud800", "\\u0000", "{}", "[]", "[[", "\"type\":3,", "\"data\":{},", "\"rooms\":{},",
            "\"rooms\":[null],", "\"sockets\":[", "\"timeout\":-1e308,", "\"flags\":[],", "{\"_placeholder\":true,\"num\":2}", "{\"_placeholder\":true,\"num\":-1}", "{\"_placeholder\":true}", "/* */", "{\"a\":"),
    ];

    public override FuzzMessage[] Next(FuzzInput input)
    {
        // As a binary message: with attachments.
        byte[] bytes = input.Chance(6)
            ? FuzzMessage.Text($"{{\"type\":{input.Random.Next(15)},\"data\":{JsonGrammar.Value(input)},\"uid\":\"u\",\"nsp\":\"/\"}}").Data
            : input.Mutate(s_corpus, s_tokens);
        return [new(bytes, IsBinary: input.Chance(2))];
    }

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages)
        {
            var payload = message.IsBinary ? new Payload(message.Data, s_attachments) : new Payload(message.Data);
            // A string, a list or a record of each few bytes; a copy with repaired surrogates.
            long limit = (80L * message.Data.Length) + 64_000;
            var (read, error) = Within(limit, () => (ClusterCodec.TryRead(payload, out var found, out string? what) ? found : null, what));
            CheckResult(read, error);
            for (int type = 0; type <= 15; type += message.Data.Length > 10_000 ? 5 : 1)
            {
                int kind = type;
                (read, error) = Within(limit, () => (ClusterCodec.TryReadData(kind, "u", "/", payload, out var found, out string? what) ? found : null, what));
                CheckResult(read, error);
            }
        }
    }

    private static void CheckResult(ClusterMessage? read, string? error)
    {
        Assert.Equal(read is null, error is not null);
        // What is wrong is said without content.
        if (read is null) Assert.InRange(error!.Length, 1, 50);
        if (read is null) return;
        var written = ClusterCodec.Write(read);
        Assert.True(ClusterCodec.TryRead(written, out var again, out error), error);
        Assert.Equal((read.Type, read.SenderId, read.Namespace), (again.Type, again.SenderId, again.Namespace));
        Assert.True(written.Json.Span.SequenceEqual(ClusterCodec.Write(again).Json.Span));
    }
}
