using System.Text;
using SocketIO.Redis.Recovery;

namespace SocketIO.Redis.Tests.Recovery;

public sealed class LoggedWireTests
{
    private const string Id = "1795416986203-0";

    public static TheoryData<byte[], byte[]> Messages() => new()
    {
        { "{\"nsp\":\"/\"}"u8.ToArray(), "{\"nsp\":\"/\",\"offset\":\"1795416986203-0\"}"u8.ToArray() },
        { [0x93, 0xa1, 0x75, 0x80, 0x80], [0x94, 0xa1, 0x75, 0x80, 0x80, 0xaf, .. "1795416986203-0"u8] },
        { [0x84, 0xa1, 0x75, 0xa1, 0x2f], [0x85, 0xa1, 0x75, 0xa1, 0x2f, 0xa6, .. "offset"u8, 0xaf, .. "1795416986203-0"u8] },
    };

    [Theory, MemberData(nameof(Messages))]
    public void TheOffsetIsTheLastMember(byte[] message, byte[] expected)
    {
        byte[] head = LoggedWire.ToHead(message);
        Assert.Equal(expected, LoggedWire.ToMessage(head, Id));
        Assert.True(LoggedWire.TryReadOffset(expected, out string? offset, out int length));
        Assert.Equal((Id, head.Length), (offset, length));
        Assert.False(LoggedWire.TryReadOffset(message, out _, out _));
    }

    [Theory, Trait("Spec", "SEC-CLU-01")]
    [InlineData(""), InlineData("{"), InlineData("{\"}"), InlineData("{\"a\":\"1-0\"}"), InlineData("{\"offset\":\"1-0\"}"), InlineData("{,\"offset\":\"\"}")]
    [InlineData("{,\"offset\":\"1-\"}"), InlineData("{,\"offset\":\"1-0\" }"), InlineData("{\"nsp\":\"x,\\\"offset\\\":\\\"1-0\"}")]
    public void NothingElseIsTakenForOne(string json) => Assert.False(LoggedWire.TryReadOffset(Encoding.UTF8.GetBytes(json), out _, out _));

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public void NorInMessagePack()
    {
        byte[][] messages =
        [
            [0x94], [0x85], [0x94, 0xa3], [0x94, (byte)'1', (byte)'-', (byte)'0'], [0x94, 0xa2, .. "1-0"u8], [0x94, 0xa3, .. "110"u8],
            [0x94, 0xa3, .. "1-0"u8, 0xc0], [0x85, 0xa3, .. "1-0"u8], [0x93, 0xa3, .. "1-0"u8], [0x94, .. Enumerable.Repeat((byte)'1', 100)],
        ];
        foreach (byte[] message in messages) Assert.False(LoggedWire.TryReadOffset(message, out _, out _), Convert.ToHexString(message));
    }
}
