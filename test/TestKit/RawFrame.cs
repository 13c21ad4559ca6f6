using System.Buffers.Binary;
using System.Text;

namespace TestKit;

/// <summary>A WebSocket frame, or a message put together from its fragments.</summary>
public sealed record RawFrame(WebSocketOpcode Opcode, byte[] Data, bool IsFinal = true, byte ReservedBits = 0)
{
    public string Text => Encoding.UTF8.GetString(Data);

    /// <summary>The status of a close frame; null when it carries none (the peer's API reports 1005).</summary>
    public int? CloseCode => Data.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(Data) : null;

    /// <summary>Whether it came masked, as a client's must.</summary>
    public bool IsMasked { get; init; }

    public bool IsEnd => Opcode is WebSocketOpcode.Close or WebSocketOpcode.Lost;

    /// <summary>Reads the next frame, unmasked; <see cref="WebSocketOpcode.Lost"/> when TCP ended.</summary>
    public static async Task<RawFrame> ReadAsync(WireConnection wire, CancellationToken cancellationToken = default)
    {
        try
        {
            byte[] head = await wire.ReadExactAsync(2, cancellationToken).ConfigureAwait(false);
            long length = head[1] & 0x7F;
            if (length == 126)
                length = BinaryPrimitives.ReadUInt16BigEndian(await wire.ReadExactAsync(2, cancellationToken).ConfigureAwait(false));
            else if (length == 127)
                length = BinaryPrimitives.ReadInt64BigEndian(await wire.ReadExactAsync(8, cancellationToken).ConfigureAwait(false));
            byte[] mask = (head[1] & 0x80) == 0 ? [] : await wire.ReadExactAsync(4, cancellationToken).ConfigureAwait(false);
            byte[] data = await wire.ReadExactAsync((int)length, cancellationToken).ConfigureAwait(false);
            for (int i = 0; mask.Length > 0 && i < data.Length; i++)
                data[i] ^= mask[i % 4];
            return new RawFrame((WebSocketOpcode)(head[0] & 0x0F), data, (head[0] & 0x80) != 0, (byte)((head[0] >> 4) & 7)) { IsMasked = mask.Length > 0 };
        }
        catch (WireClosedException)
        {
            return new RawFrame(WebSocketOpcode.Lost, []);
        }
    }

    /// <summary>Reads the next whole message, control frame or end.</summary>
    public static async Task<RawFrame> ReadWholeAsync(WireConnection wire, CancellationToken cancellationToken = default)
    {
        var frame = await ReadAsync(wire, cancellationToken).ConfigureAwait(false);
        while (!frame.IsFinal)
        {
            var next = await ReadAsync(wire, cancellationToken).ConfigureAwait(false);
            if (next.Opcode != WebSocketOpcode.Continuation)
                throw new InvalidDataException($"Expected a continuation, got {next}.");
            frame = frame with { Data = [.. frame.Data, .. next.Data], IsFinal = next.IsFinal };
        }

        return frame;
    }

    public override string ToString() => Opcode switch
    {
        WebSocketOpcode.Text => $"text {Text}",
        WebSocketOpcode.Close => $"close {CloseCode?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "without status"}",
        WebSocketOpcode.Lost => "connection lost",
        _ => $"{Opcode} {Convert.ToHexString(Data)}",
    };
}
