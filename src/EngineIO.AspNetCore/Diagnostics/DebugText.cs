using System.Text;

namespace EngineIO.AspNetCore.Diagnostics;

/// <summary>Bytes as the reference's debug lines show them; becomes text only where a line is written.</summary>
internal readonly struct DebugText(ReadOnlyMemory<byte> bytes, bool isBinary)
{
    public static DebugText DataOf(EngineFrame frame) => frame.IsBinary ? new(frame.Bytes, true) : new(frame.Bytes[1..], false);

    public override string ToString()
    {
        if (!isBinary) return Encoding.UTF8.GetString(bytes.Span);
        return $"<Buffer {Convert.ToHexString(bytes.Span[..Math.Min(50, bytes.Length)])}>";
    }
}
