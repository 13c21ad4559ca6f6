using System.Net.WebSockets;
using System.Text;
using EngineIO.AspNetCore.WebSockets;
using TestKit;
using Opcode = TestKit.WebSocketOpcode;

namespace EngineIO.AspNetCore.Tests.WebSockets;

public sealed class FrameReaderTests
{
    private const int MaxMessageSize = 100_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(13)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public void Messages_are_the_same_however_their_bytes_are_cut(int pieceSize)
    {
        var large = new byte[70_000];
        new Random(1).NextBytes(large);
        byte[] wire =
        [
            .. Frame(Opcode.Text, "4hello"u8),
            .. Frame(Opcode.Text, default),
            .. Frame(Opcode.Binary, large.AsSpan(0, 300)),
            .. Frame(Opcode.Text, "4a€"u8[..3], final: false),
            .. Frame(Opcode.Ping, "are you there"u8),
            .. Frame(Opcode.Continuation, default, final: false),
            .. Frame(Opcode.Pong, "unasked"u8),
            .. Frame(Opcode.Continuation, "4a€"u8[3..]),
            .. Frame(Opcode.Binary, large),
            .. Frame(Opcode.Binary, large.AsSpan(0, 10), final: false),
            .. Frame(Opcode.Continuation, large.AsSpan(10, 60_000)),
            .. Frame(Opcode.Close, [3, 0xE8, .. "bye"u8]),
        ];

        var read = Read(wire, pieceSize);

        Assert.Equal(
            [
                "Text 4hello", "Text ", Hex(large.AsSpan(0, 300)), "Ping are you there", "Text 4a€", Hex(large), Hex(large.AsSpan(0, 60_010)), "Close \u0003\ufffdbye",
            ],
            read);

        static string Hex(ReadOnlySpan<byte> bytes) => "Binary " + Convert.ToHexString(bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public void What_follows_a_message_that_is_too_big_is_skipped_up_to_the_close_frame(int pieceSize)
    {
        byte[] wire =
        [
            .. Frame(Opcode.Binary, new byte[60_000], final: false),
            .. Frame(Opcode.Continuation, new byte[40_001]),
            .. Frame(Opcode.Text, "4lost"u8),
            .. Frame(Opcode.Ping, default),
            .. Frame(Opcode.Close, default),
        ];

        Assert.Equal(["TooBig ", "Ping ", "Close "], Read(wire, pieceSize));
    }

    [Fact]
    public void Length_is_announced_for_nothing()
    {
        var reader = new FrameReader(int.MaxValue);
        Memory<byte> input = RawWebSocket.Frame(Opcode.Binary, "few"u8, length: int.MaxValue);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(FrameReadResult.NeedMore, reader.Read(ref input, out _));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 64 * 1024);
    }

    public static TheoryData<byte[], WebSocketCloseStatus> Faults => new()
    {
        { RawWebSocket.Frame(Opcode.Text, "4"u8, reservedBits: 4), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Text, "4"u8, reservedBits: 1), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Text, "4"u8, masked: false), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame((Opcode)3, "4"u8), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame((Opcode)11, "4"u8), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Ping, new byte[126]), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Ping, default, final: false), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Continuation, "4"u8), WebSocketCloseStatus.ProtocolError },
        { [0x81, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3, 4], WebSocketCloseStatus.ProtocolError },
        { [.. Frame(Opcode.Text, "4"u8, final: false), .. Frame(Opcode.Text, "4"u8)], WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Close, [3]), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Close, [3, 0xED]), WebSocketCloseStatus.ProtocolError },
        { RawWebSocket.Frame(Opcode.Close, [3, 0xE8, 0xC3, 0x28]), WebSocketCloseStatus.InvalidPayloadData },
        { RawWebSocket.Frame(Opcode.Text, [(byte)'4', 0xC3, 0x28]), WebSocketCloseStatus.InvalidPayloadData },
    };

    [Theory]
    [Trait("Spec", "SEC-HS-03")]
    [MemberData(nameof(Faults))]
    public void Fault_has_a_status_and_a_text(byte[] wire, WebSocketCloseStatus status)
    {
        var reader = new FrameReader(MaxMessageSize);
        var result = FrameReadResult.NeedMore;
        for (Memory<byte> input = wire; !input.IsEmpty && result != FrameReadResult.Fault;) result = reader.Read(ref input, out _);

        Assert.Equal(FrameReadResult.Fault, result);
        Assert.Equal(status, reader.End.Status);
        Assert.NotEmpty(reader.End.Fault!.Message);
    }

    private static List<string> Read(byte[] wire, int pieceSize)
    {
        var reader = new FrameReader(MaxMessageSize);
        var read = new List<string>();
        foreach (var piece in wire.Chunk(Math.Min(pieceSize, wire.Length)))
        {
            Memory<byte> input = piece;
            while (reader.Read(ref input, out var payload) is var result && result != FrameReadResult.NeedMore)
                read.Add($"{result} {(result == FrameReadResult.Binary ? Convert.ToHexString(payload.Span) : Encoding.UTF8.GetString(payload.Span))}");
            Assert.True(input.IsEmpty);
            reader.Release();
        }

        reader.Dispose();
        return read;
    }

    private static byte[] Frame(Opcode opcode, ReadOnlySpan<byte> data, bool final = true) => RawWebSocket.Frame(opcode, data, final);
}
