using System.Buffers.Binary;
using System.Text;

namespace TestKit;

/// <summary>A WebSocket client made by hand: any frame can be sent, and what came is shown as it came.</summary>
public sealed class RawWebSocket : IAsyncDisposable
{
    private static readonly byte[] Mask = [0x12, 0x34, 0x56, 0x78];
    private readonly RawHttp _http;

    private RawWebSocket(RawHttp http, RawResponse upgrade)
    {
        _http = http;
        Upgrade = upgrade;
    }

    /// <summary>The 101 answer.</summary>
    public RawResponse Upgrade { get; }

    public WireConnection Wire => _http.Wire;

    /// <summary>Opens a WebSocket; anything but 101 throws.</summary>
    public static async Task<RawWebSocket> ConnectAsync(Uri server, string target, params (string Name, string Value)[] headers)
    {
        var http = await RawHttp.ConnectAsync(server).ConfigureAwait(false);
        await http.SendAsync("GET", target, (byte[]?)null, UpgradeHeaders(headers)).ConfigureAwait(false);
        var response = await http.ReadAsync().ConfigureAwait(false);
        if (response.Status == 101)
            return new RawWebSocket(http, response);
        await http.DisposeAsync().ConfigureAwait(false);
        throw new InvalidDataException($"The upgrade was refused: {response}");
    }

    /// <summary>Asks for an upgrade that must be refused; returns the answer after the server has closed the connection.</summary>
    public static async Task<RawResponse> RefusedAsync(Uri server, string target, params (string Name, string Value)[] headers)
    {
        await using var http = await RawHttp.ConnectAsync(server).ConfigureAwait(false);
        await http.SendAsync("GET", target, (byte[]?)null, UpgradeHeaders(headers)).ConfigureAwait(false);
        var response = await http.ReadAsync().ConfigureAwait(false);
        if (response.Status == 101)
            throw new InvalidDataException("The upgrade was accepted.");
        await http.Wire.ReadToEndAsync().ConfigureAwait(false);
        return response;
    }

    /// <summary>The headers of RFC 6455's opening handshake, and those given.</summary>
    public static (string Name, string Value)[] UpgradeHeaders(params (string Name, string Value)[] headers) =>
    [
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
        .. headers,
    ];

    public Task SendTextAsync(string text) => SendFrameAsync(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(text));

    public Task SendBinaryAsync(params byte[] data) => SendFrameAsync(WebSocketOpcode.Binary, data);

    /// <summary>Sends a close frame, without a status when <paramref name="code"/> is null.</summary>
    public Task SendCloseAsync(ushort? code = null)
    {
        byte[] data = code is null ? [] : new byte[2];
        if (code is { } status)
            BinaryPrimitives.WriteUInt16BigEndian(data, status);
        return SendFrameAsync(WebSocketOpcode.Close, data);
    }

    public Task SendFrameAsync(
        WebSocketOpcode opcode, ReadOnlyMemory<byte> data, bool final = true, byte reservedBits = 0, bool masked = true) =>
        Wire.WriteAsync(Frame(opcode, data.Span, final, reservedBits, masked));

    /// <summary>The bytes of one frame; <paramref name="length"/> announces another length than that of the data.</summary>
    public static byte[] Frame(
        WebSocketOpcode opcode, ReadOnlySpan<byte> data, bool final = true, byte reservedBits = 0, bool masked = true, long? length = null)
    {
        long announced = length ?? data.Length;
        var frame = new List<byte>(data.Length + 14) { (byte)((final ? 0x80 : 0) | (reservedBits << 4) | (byte)opcode) };
        int maskBit = masked ? 0x80 : 0;
        if (announced < 126)
            frame.Add((byte)(maskBit | (int)announced));
        else if (announced <= ushort.MaxValue)
            frame.AddRange([(byte)(maskBit | 126), (byte)(announced >> 8), (byte)announced]);
        else
        {
            byte[] eight = new byte[8];
            BinaryPrimitives.WriteInt64BigEndian(eight, announced);
            frame.AddRange([(byte)(maskBit | 127), .. eight]);
        }

        if (!masked)
            return [.. frame, .. data];
        frame.AddRange(Mask);
        for (int i = 0; i < data.Length; i++)
            frame.Add((byte)(data[i] ^ Mask[i % 4]));
        return [.. frame];
    }

    /// <summary>The next frame as it came; <see cref="WebSocketOpcode.Lost"/> when TCP ended.</summary>
    public Task<RawFrame> ReceiveFrameAsync(CancellationToken cancellationToken = default) => RawFrame.ReadAsync(Wire, cancellationToken);

    /// <summary>The next whole message, control frame or end.</summary>
    public Task<RawFrame> ReceiveAsync(CancellationToken cancellationToken = default) => RawFrame.ReadWholeAsync(Wire, cancellationToken);

    /// <summary>Skips whatever is still under way and returns how the connection ended.</summary>
    public async Task<RawFrame> ReceiveEndAsync(CancellationToken cancellationToken = default)
    {
        RawFrame frame;
        do
            frame = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        while (!frame.IsEnd);
        return frame;
    }

    /// <summary>Drops the TCP connection with a reset, without a close frame.</summary>
    public void Reset() => Wire.Reset();

    public ValueTask DisposeAsync() => _http.DisposeAsync();
}
