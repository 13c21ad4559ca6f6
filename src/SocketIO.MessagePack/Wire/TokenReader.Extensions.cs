using System.Buffers.Binary;

namespace SocketIO.MessagePack.Wire;

internal ref partial struct TokenReader
{
    // notepack.io 2 gives type 0 three meanings, which only the form of the head tells apart.
    private const sbyte NotepackType = 0;
    private const sbyte TimestampType = -1;

    // What JavaScript's Date holds: 100,000,000 days to either side of 1970.
    private const long MaxSeconds = 8_640_000_000_000;
    private const int NanosecondsPerMillisecond = 1_000_000;

    /// <summary>Passes over an <c>undefined</c>.</summary>
    /// <returns>False where the next token is another.</returns>
    internal bool TrySkipUndefined()
    {
        var rest = _input[Position..];
        if (rest.Length < 3 || rest[0] != FormatCode.FixExt1 || rest[1] != NotepackType) return false;
        Position += 3;
        return true;
    }

    private bool ReadExtension(long length, bool isSized)
    {
        if (!TryTake(1, out var type)) return false;
        return (sbyte)type[0] switch
        {
            NotepackType => isSized ? SetBytes(TokenType.Binary, length) : TryTake(length, out var content) && SetNotepackValue(content),
            TimestampType => TryTake(length, out var content) && SetTimestamp(content),
            _ => false,
        };
    }

    private bool SetNotepackValue(ReadOnlySpan<byte> content) => content.Length switch
    {
        1 => Set(TokenType.Undefined),
        8 => SetDate(BinaryPrimitives.ReadInt64BigEndian(content)),
        _ => false,
    };

    /// <summary>Takes the date of MessagePack's own extension.</summary>
    /// <remarks>Source: https://github.com/msgpack/msgpack/blob/master/spec.md#timestamp-extension-type</remarks>
    private bool SetTimestamp(ReadOnlySpan<byte> content)
    {
        switch (content.Length)
        {
            case 4:
                return SetDate(BinaryPrimitives.ReadUInt32BigEndian(content) * 1000L);
            case 8:
                var both = BinaryPrimitives.ReadUInt64BigEndian(content);
                return SetDate(((long)(both & 0x3_ffff_ffff) * 1000) + ((long)(both >> 34) / NanosecondsPerMillisecond));
            case 12:
                var seconds = BinaryPrimitives.ReadInt64BigEndian(content[4..]);
                var milliseconds = BinaryPrimitives.ReadUInt32BigEndian(content) / NanosecondsPerMillisecond;
                return SetDate(seconds is >= -MaxSeconds and <= MaxSeconds ? (seconds * 1000) + milliseconds : long.MaxValue);
            default:
                return false;
        }
    }

    private bool SetDate(long milliseconds)
    {
        Integer = milliseconds;
        return Set(TokenType.Date);
    }
}
