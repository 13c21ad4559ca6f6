using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace SocketIO.MessagePack.Wire;

/// <summary>Writes MessagePack values, each in the form that notepack.io chooses: the shortest, with integers of any size unsigned where they
/// are not negative, and other numbers in 64 bits.</summary>
internal readonly ref struct TokenWriter(IBufferWriter<byte> output)
{
    private const double TwoTo63 = 9223372036854775808d;
    private const double TwoTo64 = 18446744073709551616d;
    private const int MaxHead = 9;

    private readonly IBufferWriter<byte> _output = output;

    internal void WriteNil() => WriteByte(FormatCode.Nil);

    internal void Write(bool value) => WriteByte(value ? FormatCode.True : FormatCode.False);

    internal void Write(long value)
    {
        if (value >= 0) Write((ulong)value);
        else if (value >= -0x20) WriteByte((byte)value);
        else if (value >= sbyte.MinValue) WriteHead(FormatCode.Int8, (ulong)value, 1);
        else if (value >= short.MinValue) WriteHead(FormatCode.Int16, (ulong)value, 2);
        else if (value >= int.MinValue) WriteHead(FormatCode.Int32, (ulong)value, 4);
        else WriteHead(FormatCode.Int64, (ulong)value, 8);
    }

    internal void Write(ulong value)
    {
        if (value <= FormatCode.MaxPositiveFixInt) WriteByte((byte)value);
        else if (value <= byte.MaxValue) WriteHead(FormatCode.UInt8, value, 1);
        else if (value <= ushort.MaxValue) WriteHead(FormatCode.UInt16, value, 2);
        else if (value <= uint.MaxValue) WriteHead(FormatCode.UInt32, value, 4);
        else WriteHead(FormatCode.UInt64, value, 8);
    }

    /// <summary>Writes a number as an integer where it is one that 64 bits hold.</summary>
    internal void Write(double value)
    {
        if (Math.Floor(value) != value || value is < -TwoTo63 or >= TwoTo64)
            WriteHead(FormatCode.Float64, (ulong)BitConverter.DoubleToInt64Bits(value), 8);
        else if (value < TwoTo63) Write((long)value);
        else Write((ulong)value);
    }

    internal void WriteString(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length < 0x20) WriteByte((byte)(FormatCode.FixStr | utf8.Length));
        else WriteSize(FormatCode.Str8, utf8.Length);
        _output.Write(utf8);
    }

    internal void WriteString(string value) => WriteString(Encoding.UTF8.GetBytes(value));

    internal void WriteBinary(ReadOnlySpan<byte> bytes)
    {
        WriteSize(FormatCode.Bin8, bytes.Length);
        _output.Write(bytes);
    }

    internal void WriteArrayHead(int count)
    {
        if (count < 0x10) WriteByte((byte)(FormatCode.FixArray | count));
        else if (count <= ushort.MaxValue) WriteHead(FormatCode.Array16, (uint)count, 2);
        else WriteHead(FormatCode.Array32, (uint)count, 4);
    }

    internal void WriteMapHead(int count)
    {
        if (count < 0x10) WriteByte((byte)(FormatCode.FixMap | count));
        else if (count <= ushort.MaxValue) WriteHead(FormatCode.Map16, (uint)count, 2);
        else WriteHead(FormatCode.Map32, (uint)count, 4);
    }

    /// <summary>Writes the head of bytes: its codes for sizes of 8, 16 and 32 bits follow one another.</summary>
    private void WriteSize(byte code8, int size)
    {
        if (size <= byte.MaxValue) WriteHead(code8, (uint)size, 1);
        else if (size <= ushort.MaxValue) WriteHead((byte)(code8 + 1), (uint)size, 2);
        else WriteHead((byte)(code8 + 2), (uint)size, 4);
    }

    private void WriteHead(byte code, ulong value, int length)
    {
        var span = _output.GetSpan(MaxHead);
        BinaryPrimitives.WriteUInt64BigEndian(span[1..], value << (8 * (8 - length)));
        span[0] = code;
        _output.Advance(1 + length);
    }

    private void WriteByte(byte value)
    {
        _output.GetSpan(1)[0] = value;
        _output.Advance(1);
    }
}
