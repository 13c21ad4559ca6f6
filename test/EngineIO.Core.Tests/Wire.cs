using System.Text;

namespace EngineIO.Core.Tests;

/// <summary>Short notations for packets and bytes, so that a table of cases reads like the specification.</summary>
internal static class Wire
{
    public const string Separator = "\u001e";

    public static EngineCodec V3 { get; } = EngineCodec.For(EngineRevision.V3);

    public static EngineCodec V4 { get; } = EngineCodec.For(EngineRevision.V4);

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    public static byte[] Hex(string hex) => Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal));

    /// <summary><c>message:hi ping message&lt;01ff&gt; !UnknownType</c>: type and text, type and bytes, and the error, if there is one.</summary>
    public static string Describe(IEnumerable<EnginePacket> packets, PacketError error)
    {
        var parts = packets.Select(Describe);
        return string.Join(' ', error == PacketError.None ? parts : parts.Append("!" + error));
    }

    public static string Describe(EnginePacket packet)
    {
        string name = packet.Type.ToString().ToLowerInvariant();
        if (packet.IsBinary) return $"{name}<{Convert.ToHexStringLower(packet.Data.Span)}>";
        return packet.Data.IsEmpty ? name : $"{name}:{Encoding.UTF8.GetString(packet.Data.Span)}";
    }

    public static string DecodeFrame(EngineCodec codec, byte[] data, bool isBinary)
    {
        var error = codec.DecodeFrame(data, isBinary, out var packet);
        return Describe(error == PacketError.None ? [packet] : [], error);
    }

    public static string DecodePayload(EngineCodec codec, byte[] body, bool isBinary = false, int maxPackets = 100)
    {
        List<EnginePacket> packets = [];
        var error = codec.DecodePayload(body, isBinary, maxPackets, packets);
        return Describe(packets, error);
    }

    /// <summary>Frames from a table cell: <c>4text</c> or <c>&lt;hex&gt;</c>, parted by spaces.</summary>
    public static EngineFrame[] Frames(string cell) => [.. cell.Split(' ').Select(Frame)];

    private static EngineFrame Frame(string part) =>
        part.StartsWith('<') ? EngineFrame.Binary(Hex(part.Trim('<', '>'))) : EngineFrame.Text(Utf8(part));

    public static (bool IsBinary, byte[] Body) Encode(EngineCodec codec, EngineFrame[] frames, bool supportsBinary)
    {
        var output = new System.Buffers.ArrayBufferWriter<byte>();
        bool isBinary = codec.EncodePayload(frames, supportsBinary, output);
        return (isBinary, output.WrittenSpan.ToArray());
    }

    public static string Repeat(string text, int count) =>
        new StringBuilder(text.Length * count).Insert(0, text, count).ToString();
}
