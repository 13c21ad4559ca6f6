using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace SocketIO.MessagePack.Wire;

/// <summary>Reads MessagePack token by token: a value, or the head of an array or a map, whose elements are the tokens that follow. Nothing is
/// taken from the input that is not there: a length that lies ends the reading.</summary>
internal ref partial struct TokenReader(ReadOnlySpan<byte> input)
{
    private readonly ReadOnlySpan<byte> _input = input;

    /// <summary>Where the next token begins.</summary>
    internal int Position { get; private set; }

    /// <summary>What the token is.</summary>
    internal TokenType Type { get; private set; }

    /// <summary>The value of an <see cref="TokenType.Integer"/> or a <see cref="TokenType.Date"/>, the bits of an
    /// <see cref="TokenType.Unsigned"/>.</summary>
    internal long Integer { get; private set; }

    /// <summary>The value of a <see cref="TokenType.Float"/>.</summary>
    internal double Float { get; private set; }

    /// <summary>The content of a <see cref="TokenType.String"/>, which need not be valid UTF-8, or a
    /// <see cref="TokenType.Binary"/>.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    /// <summary>How many elements follow an <see cref="TokenType.Array"/>; of a <see cref="TokenType.Map"/>, how many pairs.</summary>
    internal int Count { get; private set; }

    internal readonly bool IsAtEnd => Position == _input.Length;

    /// <summary>Whether the next token is one byte, this.</summary>
    internal readonly bool IsNext(byte code) => !IsAtEnd && _input[Position] == code;

    /// <summary>Reads the next token.</summary>
    /// <returns>False where there is none, it is cut off, or it is of no known kind.</returns>
    internal bool Read()
    {
        if (!TryTake(1, out var head)) return false;
        var code = head[0];
        return code switch
        {
            <= FormatCode.MaxPositiveFixInt => SetInteger(code),
            >= FormatCode.MinNegativeFixInt => SetInteger((sbyte)code),
            < FormatCode.FixArray => SetContainer(TokenType.Map, code & 0x0f),
            < FormatCode.FixStr => SetContainer(TokenType.Array, code & 0x0f),
            < FormatCode.Nil => SetBytes(TokenType.String, code & 0x1f),
            FormatCode.Nil => Set(TokenType.Nil),
            FormatCode.False => Set(TokenType.False),
            FormatCode.True => Set(TokenType.True),
            FormatCode.Float32 or FormatCode.Float64 => ReadFloat(code),
            >= FormatCode.UInt8 and <= FormatCode.Int64 => ReadInteger(code),
            >= FormatCode.Bin8 and <= FormatCode.Bin32 => TryReadLength(code - FormatCode.Bin8, out var length) && SetBytes(TokenType.Binary, length),
            >= FormatCode.Str8 and <= FormatCode.Str32 => TryReadLength(code - FormatCode.Str8, out var length) && SetBytes(TokenType.String, length),
            FormatCode.Array16 or FormatCode.Array32 =>
                TryReadLength(code - FormatCode.Array16 + 1, out var count) && SetContainer(TokenType.Array, count),
            FormatCode.Map16 or FormatCode.Map32 =>
                TryReadLength(code - FormatCode.Map16 + 1, out var count) && SetContainer(TokenType.Map, count),
            >= FormatCode.Ext8 and <= FormatCode.Ext32 =>
                TryReadLength(code - FormatCode.Ext8, out var length) && ReadExtension(length, isSized: true),
            >= FormatCode.FixExt1 and <= FormatCode.FixExt16 => ReadExtension(1u << (code - FormatCode.FixExt1), isSized: false),
            _ => false,
        };
    }

    /// <summary>Passes over a whole value, elements and all.</summary>
    /// <returns>False where it is not valid.</returns>
    internal bool TrySkip()
    {
        // More values than bytes can't be: the count stays in bounds.
        for (long left = 1; left > 0; left--)
        {
            if (!Read()) return false;
            if (Type is TokenType.Array or TokenType.Map) left += Type == TokenType.Map ? 2L * Count : Count;
        }

        return true;
    }

    private bool Set(TokenType type)
    {
        Type = type;
        return true;
    }

    private bool SetInteger(long value)
    {
        Integer = value;
        return Set(TokenType.Integer);
    }

    private bool SetBytes(TokenType type, long length)
    {
        if (!TryTake(length, out var bytes)) return false;
        Bytes = bytes;
        return Set(type);
    }

    private bool SetContainer(TokenType type, long count)
    {
        // Each element takes a byte at least.
        if ((type == TokenType.Map ? 2 * count : count) > _input.Length - Position) return false;
        Count = (int)count;
        return Set(type);
    }

    private bool ReadFloat(byte code)
    {
        var isDouble = code == FormatCode.Float64;
        if (!TryTake(isDouble ? 8 : 4, out var bytes)) return false;
        Float = isDouble ? BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64BigEndian(bytes)) : ToSingle(BinaryPrimitives.ReadInt32BigEndian(bytes));
        return Set(TokenType.Float);
    }

    private bool ReadInteger(byte code)
    {
        var isSigned = code >= FormatCode.Int8;
        if (!TryTake(1 << (code - (isSigned ? FormatCode.Int8 : FormatCode.UInt8)), out var bytes)) return false;
        Integer = (bytes.Length, isSigned) switch
        {
            (1, false) => bytes[0],
            (2, false) => BinaryPrimitives.ReadUInt16BigEndian(bytes),
            (4, false) => BinaryPrimitives.ReadUInt32BigEndian(bytes),
            (1, true) => (sbyte)bytes[0],
            (2, true) => BinaryPrimitives.ReadInt16BigEndian(bytes),
            (4, true) => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
        return Set(!isSigned && Integer < 0 ? TokenType.Unsigned : TokenType.Integer);
    }

    /// <summary>Reads a length of 1, 2 or 4 bytes.</summary>
    private bool TryReadLength(int exponent, out uint length)
    {
        length = 0;
        if (!TryTake(1 << exponent, out var bytes)) return false;
        foreach (var digit in bytes) length = (length << 8) | digit;
        return true;
    }

    private bool TryTake(long length, out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (length > _input.Length - Position) return false;
        bytes = _input.Slice(Position, (int)length);
        Position += (int)length;
        return true;
    }

    private static float ToSingle(int bits)
    {
        Span<int> one = [bits];
        return MemoryMarshal.Cast<int, float>(one)[0];
    }
}
