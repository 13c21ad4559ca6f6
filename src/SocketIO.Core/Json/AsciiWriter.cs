using System.Buffers.Text;

namespace SocketIO.Json;

/// <summary>Puts down text in memory that is large enough.</summary>
internal ref struct AsciiWriter(Span<byte> output)
{
    private readonly Span<byte> _output = output;

    internal int Length { get; private set; }

    internal void Write(byte value) => _output[Length++] = value;

    internal void Write(scoped ReadOnlySpan<byte> value)
    {
        value.CopyTo(_output[Length..]);
        Length += value.Length;
    }

    internal void Write(int value)
    {
        Utf8Formatter.TryFormat(value, _output[Length..], out var written);
        Length += written;
    }

    internal void Fill(byte value, int count)
    {
        if (count <= 0) return;
        _output.Slice(Length, count).Fill(value);
        Length += count;
    }
}
