using System.Text;
using System.Text.Json.Nodes;
using SocketIO.Cluster;
using SocketIO.Redis.Classic;

namespace SocketIO.Redis.Tests.Classic;

/// <summary>What was captured is read, and written again as it was.</summary>
public sealed class ClassicCodecTests
{
    [Theory]
    [InlineData("redis-classic.json"), InlineData("redis-classic-specific-response.json"), InlineData("redis-emitter.json")]
    [Trait("Spec", "SRV-CLU-01")]
    public void CapturedMessagesAreReadAndWritten(string file)
    {
        foreach (var vector in Vector.Load(file, out _))
        {
            foreach (var captured in vector.Published)
            {
                string what = $"{vector.Id} {captured.Channel}";
                Wire.Equal(captured.Decoded, Wire.Read(captured.Bytes), what);
                Wire.Equal(captured.Decoded, Comparable(Rewritten(captured), captured), what);
            }
        }
    }

    [Theory]
    [InlineData("\x84\xa4type")]
    [InlineData("\x80")]
    [InlineData("\xc0")]
    [InlineData("\x90")]
    [InlineData("\x93\xa1x\x80")]
    [InlineData("\x93\xa1x\xc0\x80")]
    [InlineData("\x93\xa1x\x80\xc0")]
    [InlineData("\x93\xa1x\x82\xa4type\x05\xa4data\x91\xa1e\x80")]
    [InlineData("{}"), InlineData("{\"type\":2"), InlineData("[]"), InlineData("")]
    [Trait("Spec", "SEC-CLU-01")]
    public void OtherBroadcastsAreRefused(string latin1) => Assert.False(ClassicCodec.TryReadBroadcast(Encoding.Latin1.GetBytes(latin1), out _, out _));

    [Theory]
    [InlineData("{}"), InlineData("{\"type\":42}"), InlineData("{\"type\":2"), InlineData("{\"type\":\"2\"}"), InlineData("null"), InlineData("\x80"), InlineData("\xc0"), InlineData("")]
    [InlineData("{\"type\":0}"), InlineData("{\"type\":1}"), InlineData("{\"type\":2}"), InlineData("{\"type\":2,\"opts\":{\"rooms\":3},\"rooms\":[]}"), InlineData("{\"type\":2,\"opts\":{}}")]
    [InlineData("{\"type\":4}"), InlineData("{\"type\":5,\"opts\":{}}"), InlineData("{\"type\":6,\"data\":{}}"), InlineData("{\"type\":6,\"data\":[null]}"), InlineData("{\"type\":6}")]
    [InlineData("{\"type\":7,\"opts\":{},\"packet\":{\"data\":[\"e\"]}}"), InlineData("{\"type\":8}"), InlineData("{\xff}")]
    [Trait("Spec", "SEC-CLU-01")]
    public void OtherRequestsAreRefused(string latin1) => Assert.False(ClassicCodec.TryReadRequest(Encoding.Latin1.GetBytes(latin1), "/", out _, out _));

    [Theory]
    [InlineData("{}"), InlineData("{\"requestId\":1}"), InlineData("{\"requestId\":\"a\",\"type\":8}"), InlineData("{\"requestId\":\"a\",\"type\":8,\"clientCount\":-1}")]
    [InlineData("{\"requestId\":\"a\",\"sockets\":[{}]}"), InlineData("\x81"), InlineData("")]
    [Trait("Spec", "SEC-CLU-01")]
    public void OtherAnswersAreRefused(string latin1) => Assert.False(ClassicCodec.TryReadResponse(Encoding.Latin1.GetBytes(latin1), "/", out _, out _));

    [Theory]
    [InlineData("{\"requestId\":\"a\"}"), InlineData("{\"requestId\":\"a\",\"sockets\":null}"), InlineData("{\"requestId\":\"a\",\"rooms\":{}}")]
    public void AnAnswerWithNothingInItIsOne(string json)
    {
        Assert.True(ClassicCodec.TryReadResponse(Encoding.UTF8.GetBytes(json), "/", out var response, out _));
        Assert.Equal(ClassicRequestType.RemoteFetch, Assert.IsType<ClassicResponse>(response).Request);
    }

    private static ReadOnlyMemory<byte> Rewritten(CapturedMessage captured)
    {
        string ns = captured.Channel.Split('#')[1];
        if (captured.Channel.Contains("-response#", StringComparison.Ordinal))
        {
            Assert.True(ClassicCodec.TryReadResponse(captured.Bytes, ns, out var response, out string? problem), problem);
            return ClassicCodec.WriteResponse(response);
        }

        if (captured.Channel.Contains("-request#", StringComparison.Ordinal))
        {
            Assert.True(ClassicCodec.TryReadRequest(captured.Bytes, ns, out var request, out string? problem), problem);
            return ClassicCodec.WriteRequest(request);
        }

        Assert.True(ClassicCodec.TryReadBroadcast(captured.Bytes, out var broadcast, out string? error), error);
        Assert.Equal(ns, broadcast.Namespace);
        return ClassicCodec.WriteBroadcast((BroadcastMessage)broadcast);
    }

    // Our answers name the server, too.
    private static JsonNode? Comparable(ReadOnlyMemory<byte> message, CapturedMessage captured)
    {
        var node = Wire.Read(message);
        if (captured.Channel.Contains("-response#", StringComparison.Ordinal) && node is JsonObject answer && captured.Decoded!["uid"] is null) answer.Remove("uid");
        return node;
    }
}
