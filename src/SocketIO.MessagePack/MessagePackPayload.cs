using System.Buffers;
using System.Text.Json;
using SocketIO.MessagePack.Transcoding;
using SocketIO.MessagePack.Wire;

namespace SocketIO.MessagePack;

/// <summary>Turns a <see cref="Payload"/> into one MessagePack value and back, with its bytes inline. Thread-safe.</summary>
/// <remarks>
/// <para>What is written is what notepack.io writes, but for numbers of 2^64 and more, which it corrupts: they are 64-bit floats here.</para>
/// <para>What is read may be of any MessagePack library. As JavaScript's <c>JSON.stringify</c> has it: dates (MessagePack's timestamps and
/// notepack.io's own) become ISO 8601 text with milliseconds, NaN and infinities null, <c>undefined</c> null in an array and nothing in an
/// object; text that is not UTF-8 has U+FFFD in its place. Keys that are numbers, booleans or nil become text; other keys and unknown
/// extensions are invalid.</para>
/// </remarks>
public static class MessagePackPayload
{
    /// <summary>How deep a value may nest that <see cref="TryRead"/> accepts by default.</summary>
    public const int DefaultMaxDepth = 64;

    /// <summary>The greatest depth that may be asked for.</summary>
    public const int MaxDepthLimit = 512;

    /// <summary>Writes a payload.</summary>
    /// <param name="payload">The payload; nil for an empty one. An object that looks like a placeholder but has the number of no attachment
    /// is written as the object that it is.</param>
    /// <param name="output">Where it goes.</param>
    /// <exception cref="JsonException">The payload's JSON is not valid.</exception>
    public static void Write(Payload payload, IBufferWriter<byte> output)
    {
        if (payload.IsEmpty) new TokenWriter(output).WriteNil();
        else JsonToMessagePack.Write(payload, output);
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The value, and nothing behind it.</param>
    /// <param name="payload">The value, in memory of its own.</param>
    /// <param name="maxDepth">How deep it may nest; bytes count as a level. At most <see cref="MaxDepthLimit"/>.</param>
    /// <returns>False where the value is not valid, nests too deep, or has both bytes and an object that looks like the placeholder of
    /// bytes.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxDepth"/> is out of range.</exception>
    public static bool TryRead(ReadOnlyMemory<byte> value, out Payload payload, int maxDepth = DefaultMaxDepth)
    {
        if (maxDepth is < 0 or > MaxDepthLimit)
            throw new ArgumentOutOfRangeException(nameof(maxDepth), maxDepth, $"The depth must be 0 to {MaxDepthLimit}.");
        return MessagePackToJson.Read(value.Span, maxDepth, int.MaxValue, keepsBytes: true, out payload) is null;
    }
}
