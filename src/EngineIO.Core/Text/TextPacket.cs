namespace EngineIO.Text;

/// <summary>The parts of a text packet that both revisions share.</summary>
internal static class TextPacket
{
    /// <summary>The first character of a binary packet in base64.</summary>
    public const byte Base64Marker = (byte)'b';

    /// <summary>Whether <paramref name="text"/> is a binary packet in base64.</summary>
    /// <param name="text">The packet.</param>
    public static bool IsBase64(ReadOnlySpan<byte> text) => !text.IsEmpty && text[0] == Base64Marker;

    /// <summary>Decodes <c>&lt;digit&gt;&lt;data&gt;</c>; the packet is a view of <paramref name="text"/>.</summary>
    /// <param name="text">The packet.</param>
    /// <param name="packet">The packet.</param>
    public static PacketError Decode(ReadOnlyMemory<byte> text, out EnginePacket packet)
    {
        packet = default;
        if (text.IsEmpty) return PacketError.Empty;
        if (!TryGetType(text.Span[0], out var type)) return PacketError.UnknownType;
        packet = new(type, text.Slice(1));
        return PacketError.None;
    }

    /// <summary>Decodes base64 in place; the packet is a view of <paramref name="text"/>.</summary>
    /// <param name="type">The packet's type.</param>
    /// <param name="text">The base64, without what precedes it.</param>
    /// <param name="packet">The packet.</param>
    public static PacketError DecodeBase64(EnginePacketType type, Memory<byte> text, out EnginePacket packet)
    {
        packet = default;
        if (!Base64Text.TryDecodeInPlace(text.Span, out int length)) return PacketError.InvalidBase64;
        packet = new(type, text.Slice(0, length), isBinary: true);
        return PacketError.None;
    }

    /// <summary>The type that an ASCII digit stands for.</summary>
    /// <param name="digit">The character.</param>
    /// <param name="type">The type.</param>
    public static bool TryGetType(byte digit, out EnginePacketType type)
    {
        type = (EnginePacketType)digit;
        return type is >= EnginePacketType.Open and <= EnginePacketType.Noop;
    }
}
