using System.Buffers;
using System.Net.WebSockets;
using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>A WebSocket of the framework's: for connections with compression, and for hosts that give none of their streams away.</summary>
/// <param name="socket">The WebSocket.</param>
/// <param name="stream">The stream below it; null where the host has none to see.</param>
/// <param name="maxMessageSize">The largest message, in bytes, after decompression.</param>
/// <param name="compressionThreshold">The smallest message to compress, in bytes; null to compress all.</param>
internal sealed class FrameworkWebSocket(WebSocket socket, WebSocketStream? stream, int maxMessageSize, int? compressionThreshold) : WebSocketConnection
{
    private const int InitialBufferSize = 4096;

    // Frames that are given together at the most: what was sent meanwhile must leave even if the peer never stops.
    private const int LongestRun = 256;

    public override async Task<WebSocketEnd> ReadAsync(IWebSocketReceiver receiver)
    {
        byte[]? buffer = null;
        var run = 0;
        try
        {
            while (true)
            {
                // An empty read waits for data without holding a buffer.
                var arrival = socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
                if (!arrival.IsCompleted || ++run == LongestRun)
                {
                    receiver.OnReadCompleted();
                    Release(ref buffer);
                    run = 0;
                }

                var received = await arrival;
                var length = 0;
                while (!received.EndOfMessage && received.MessageType != WebSocketMessageType.Close)
                {
                    EnsureRoom(ref buffer, length);
                    received = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None);
                    length += received.Count;
                    if (length <= maxMessageSize) continue;
                    receiver.OnMessageTooBig();
                    // What follows is not kept.
                    Release(ref buffer);
                    EnsureRoom(ref buffer, 0);
                    while (received.MessageType != WebSocketMessageType.Close) received = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                }

                if (received.MessageType == WebSocketMessageType.Close) return new(socket.CloseStatus ?? WebSocketCloseStatus.Empty);
                await receiver.OnMessageAsync(buffer.AsMemory(0, length), received.MessageType == WebSocketMessageType.Binary);
            }
        }
        catch (Exception error) when (error is WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely } or OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            return WebSocketEnd.Lost;
        }
        catch (WebSocketException error)
        {
            // It has sent its close frame, and is of no more use.
            return new(WebSocketCloseStatus.ProtocolError, error);
        }
        finally
        {
            Release(ref buffer);
        }
    }

    public override async ValueTask<bool> WriteAsync(List<OutgoingPacket> batch)
    {
        foreach (var packet in batch)
        {
            var frame = packet.Frame;
            var flags = WebSocketMessageFlags.EndOfMessage;
            if (!packet.Compress || frame.Bytes.Length < compressionThreshold) flags |= WebSocketMessageFlags.DisableCompression;
            await socket.SendAsync(frame.Bytes, frame.IsBinary ? WebSocketMessageType.Binary : WebSocketMessageType.Text, flags, CancellationToken.None);
        }

        return true;
    }

    public override async Task CloseOutputAsync(WebSocketCloseStatus status)
    {
        try
        {
            await socket.CloseOutputAsync(status, null, CancellationToken.None);
        }
        catch (Exception error) when (error is WebSocketException or InvalidOperationException or IOException or OperationCanceledException)
        {
            // It is closed, one way or the other.
        }
    }

    public override Task DrainAsync(TimeSpan patience, TimeProvider time) => stream?.DrainAsync(patience, time) ?? Task.CompletedTask;

    public override Task CompleteAsync()
    {
        socket.Abort();
        return Task.CompletedTask;
    }

    public override void Abort() => socket.Abort();

    private void EnsureRoom(ref byte[]? buffer, int length)
    {
        if (buffer is null)
        {
            buffer = ArrayPool<byte>.Shared.Rent(InitialBufferSize);
        }
        else if (length == buffer.Length)
        {
            // One byte above the limit is enough to see that it is passed.
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * length, Math.Max(length + 1L, maxMessageSize + 1L)));
            buffer.AsSpan(0, length).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(buffer);
            buffer = larger;
        }
    }

    private static void Release(ref byte[]? buffer)
    {
        if (buffer is null) return;
        ArrayPool<byte>.Shared.Return(buffer);
        buffer = null;
    }
}
