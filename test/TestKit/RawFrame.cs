using System.Buffers.Binary;
using System.Text;

namespace TestKit;

/// <summary>A WebSocket frame, or a message put together from its fragments.</summary>
public sealed record RawFrame(WebSocketOpcode Opcode, byte[] Data, bool IsFinal = true, byte ReservedBits = 0)
{
    public string Text => Encoding.UTF8.GetString(Data);

    /// <summary>The status of a close frame; null when it carries none (the peer's API reports 1005).</summary>
    public int? CloseCode => Data.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Data) : null;

    public bool IsEnd => Opcode is WebSocketOpcode.Close or WebSocketOpcode.Lost;

    public override string ToString() => Opcode switch
    {
        WebSocketOpcode.Text => $"text {Text}",
        WebSocketOpcode.Close => $"close {CloseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "without status"}",
        WebSocketOpcode.Lost => "connection lost",
        _ => $"{Opcode} {Convert.ToHexString(Data)}",
    };
}
