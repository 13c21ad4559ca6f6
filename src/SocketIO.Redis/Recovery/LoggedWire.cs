using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace SocketIO.Redis.Recovery;

/// <summary>Broadcasts on a channel with their offset in the log, which stands at the end and which Node.js servers ignore: as a fourth element of an array, or as a last member
/// <c>offset</c> of a map or of a JSON object.</summary>
internal static class LoggedWire
{
    private const byte Array3 = 0x93, Map4 = 0x84, FixedText = 0xa0;
    private const int MaxFixedText = 31;

    private static ReadOnlySpan<byte> JsonMember => ",\"offset\":\""u8;

    private static ReadOnlySpan<byte> JsonEnd => "\"}"u8;

    private static ReadOnlySpan<byte> MapMember => [0xa6, (byte)'o', (byte)'f', (byte)'f', (byte)'s', (byte)'e', (byte)'t'];

    /// <summary>A message up to where its offset is put in.</summary>
    /// <param name="message">The message without: a MessagePack array of three, a map of four, or a JSON object.</param>
    public static byte[] ToHead(ReadOnlySpan<byte> message) => message[0] switch
    {
        (byte)'{' => [.. message[..^1], .. JsonMember],
        Array3 => [Array3 + 1, .. message[1..]],
        Map4 => [Map4 + 1, .. message[1..], .. MapMember],
        var first => throw new ArgumentException($"Messages do not begin with {first}.", nameof(message)),
    };

    /// <summary>The whole message.</summary>
    public static byte[] ToMessage(ReadOnlySpan<byte> head, string offset)
    {
        var text = Encoding.ASCII.GetBytes(offset);
        return head[0] == (byte)'{' ? [.. head, .. text, .. JsonEnd] : [.. head, (byte)(FixedText + text.Length), .. text];
    }

    /// <summary>The same in Redis, which alone knows the offset: <c>head</c> and <c>id</c> are given.</summary>
    public const string Script = """string.byte(head) == 123 and (head .. id .. '"}') or (head .. string.char(160 + #id) .. id)""";

    /// <summary>Looks for an offset at the end of a message, without reading the rest.</summary>
    /// <param name="message">The message.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="headLength">The length of what is before it.</param>
    public static bool TryReadOffset(ReadOnlySpan<byte> message, [NotNullWhen(true)] out string? offset, out int headLength)
    {
        (offset, headLength) = (null, 0);
        if (message.IsEmpty) return false;
        return message[0] switch
        {
            (byte)'{' => message.EndsWith(JsonEnd) && TryReadJson(message, out offset, out headLength),
            Array3 + 1 => TryReadFixedText(message, out offset, out headLength),
            Map4 + 1 => TryReadFixedText(message, out offset, out headLength) && message[..headLength].EndsWith(MapMember),
            _ => false,
        };
    }

    private static bool TryReadJson(ReadOnlySpan<byte> message, [NotNullWhen(true)] out string? offset, out int headLength)
    {
        (offset, headLength) = (null, message.Length - JsonEnd.Length);
        while (headLength > 0 && IsOffset(message[headLength - 1])) headLength--;
        return message[..headLength].EndsWith(JsonMember) && TryParse(message[headLength..^JsonEnd.Length], out offset);
    }

    private static bool TryReadFixedText(ReadOnlySpan<byte> message, [NotNullWhen(true)] out string? offset, out int headLength)
    {
        var start = message.Length;
        while (start > 1 && message.Length - start <= MaxFixedText && IsOffset(message[start - 1])) start--;
        (offset, headLength) = (null, start - 1);
        return message[headLength] == FixedText + message.Length - start && TryParse(message[start..], out offset);
    }

    private static bool IsOffset(byte character) => character is (>= (byte)'0' and <= (byte)'9') or (byte)'-';

    private static bool TryParse(ReadOnlySpan<byte> text, [NotNullWhen(true)] out string? offset)
    {
        offset = Encoding.ASCII.GetString(text);
        return StreamOffset.TryParse(offset, out _);
    }
}
