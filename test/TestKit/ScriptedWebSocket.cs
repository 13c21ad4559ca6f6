using System.Buffers.Binary;
using System.Text;

namespace TestKit;

/// <summary>The server's end of a WebSocket, made by hand: any frame can be sent, and what came is shown as it came.</summary>
public sealed class ScriptedWebSocket(WireConnection wire)
{
    public WireConnection Wire { get; } = wire;

    public Task SendTextAsync(string text) => SendFrameAsync(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(text));

    public Task SendBinaryAsync(params byte[] data) => SendFrameAsync(WebSocketOpcode.Binary, data);

    /// <summary>Sends a close frame, without a status when <paramref name="code"/> is null.</summary>
    public Task SendCloseAsync(ushort? code = null, string reason = "")
    {
        byte[] data = code is null ? [] : [0, 0, .. Encoding.UTF8.GetBytes(reason)];
        if (code is { } status) BinaryPrimitives.WriteUInt16BigEndian(data, status);
        return SendFrameAsync(WebSocketOpcode.Close, data);
    }

    /// <summary>Sends a frame; <paramref name="length"/> announces another length than that of the data.</summary>
    public Task SendFrameAsync(WebSocketOpcode opcode, ReadOnlyMemory<byte> data, bool final = true, byte reservedBits = 0, bool masked = false, long? length = null) =>
        Wire.WriteAsync(RawWebSocket.Frame(opcode, data.Span, final, reservedBits, masked, length));

    /// <summary>The next whole message, control frame or end.</summary>
    public Task<RawFrame> ReceiveAsync() => RawFrame.ReadWholeAsync(Wire);

    /// <summary>The next message, which must be a text; control frames are skipped.</summary>
    public async Task<string> ReceiveTextAsync()
    {
        while (true)
        {
            var frame = await ReceiveAsync().ConfigureAwait(false);
            if (frame.Opcode == WebSocketOpcode.Text) return frame.Text;
            if (frame.IsEnd || frame.Opcode == WebSocketOpcode.Binary) throw new IOException($"Expected a text, got {frame}.");
        }
    }

    /// <summary>Skips whatever is still under way and returns how the connection ended.</summary>
    public async Task<RawFrame> ReceiveEndAsync()
    {
        RawFrame frame;
        do
            frame = await ReceiveAsync().ConfigureAwait(false);
        while (!frame.IsEnd);
        return frame;
    }
}
