using System.Text;

namespace EngineIO.Diagnostics;

/// <summary>Bytes as the reference's debug lines show them; becomes text only where a line is written.</summary>
internal readonly struct DebugText(ReadOnlyMemory<byte> bytes, bool isBinary = false)
{
    private const int MaxBytes = 50;

    public static DebugText DataOf(EngineFrame frame) => frame.IsBinary ? new(frame.Bytes, isBinary: true) : new(frame.Bytes[1..]);

    public override string ToString()
    {
        if (!isBinary) return Encoding.UTF8.GetString(bytes.ToArray());
        var text = new StringBuilder("<Buffer");
        foreach (byte b in bytes.Span[..Math.Min(MaxBytes, bytes.Length)]) text.Append(' ').Append(b.ToString("x2", null));
        if (bytes.Length > MaxBytes) text.Append(" ... ").Append(bytes.Length - MaxBytes).Append(" more bytes");
        return text.Append('>').ToString();
    }
}
