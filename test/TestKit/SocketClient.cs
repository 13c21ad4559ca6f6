using System.Text.Json;

namespace TestKit;

/// <summary>An Engine.IO session that starts on WebSocket.</summary>
public sealed class SocketClient : IAsyncDisposable
{
    private SocketClient(RawWebSocket webSocket, int revision, string open)
    {
        WebSocket = webSocket;
        Revision = revision;
        OpenPacket = open;
        Handshake = JsonDocument.Parse(open[1..]).RootElement;
        Sid = Handshake.GetProperty("sid").GetString()!;
    }

    public RawWebSocket WebSocket { get; }

    public int Revision { get; }

    public string OpenPacket { get; }

    public JsonElement Handshake { get; }

    public string Sid { get; }

    public static async Task<SocketClient> OpenAsync(
        Uri server, string path = "/engine.io/", int revision = 4, string extra = "", params (string Name, string Value)[] headers)
    {
        var webSocket = await RawWebSocket.ConnectAsync(server, $"{path}?EIO={revision}&transport=websocket{extra}", headers)
            .ConfigureAwait(false);
        var open = await webSocket.ReceiveAsync().ConfigureAwait(false);
        if (open.Opcode != WebSocketOpcode.Text || !open.Text.StartsWith('0'))
            throw new InvalidDataException($"Expected an open packet, got {open}.");
        return new SocketClient(webSocket, revision, open.Text);
    }

    public Task SendAsync(string packet) => WebSocket.SendTextAsync(packet);

    public Task SendAsync(params byte[] data) => WebSocket.SendBinaryAsync(data);

    /// <summary>The next frame other than a heartbeat; pings are answered.</summary>
    public async Task<RawFrame> ReceiveAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Deadline.Default)
                throw new TimeoutException("Nothing but heartbeats came.");

            var frame = await WebSocket.ReceiveAsync().ConfigureAwait(false);
            if (Revision != 4 || frame.Opcode != WebSocketOpcode.Text || frame.Text != "2")
                return frame;
            try
            {
                await WebSocket.SendTextAsync("3").ConfigureAwait(false);
            }
            catch (System.Net.Sockets.SocketException)
            {
                // The end that follows the ping comes next.
            }
        }
    }

    /// <summary>The next text packet; anything else throws.</summary>
    public async Task<string> ReceiveTextAsync()
    {
        var frame = await ReceiveAsync().ConfigureAwait(false);
        return frame.Opcode == WebSocketOpcode.Text ? frame.Text : throw new InvalidDataException($"Expected text, got {frame}.");
    }

    /// <summary>
    /// Skips messages and returns how the connection ended; a close frame is answered. Pings are too, so that it is not the heartbeat that ends it.
    /// </summary>
    public async Task<RawFrame> ReceiveEndAsync()
    {
        RawFrame end;
        do
            end = await ReceiveAsync().ConfigureAwait(false);
        while (!end.IsEnd);
        if (end.Opcode != WebSocketOpcode.Close)
            return end;
        try
        {
            await WebSocket.SendCloseAsync((ushort?)end.CloseCode).ConfigureAwait(false);
        }
        catch (System.Net.Sockets.SocketException)
        {
            // After a protocol error the server does not wait for the answer.
        }

        return end;
    }

    public ValueTask DisposeAsync() => WebSocket.DisposeAsync();
}
