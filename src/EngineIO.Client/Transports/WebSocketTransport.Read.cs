using System.Buffers;
using System.Net.WebSockets;

namespace EngineIO.Client.Transports;

internal sealed partial class WebSocketTransport
{
    private const int FirstBlock = 4096;

    /// <summary>Reads until the WebSocket ends, and says how it did.</summary>
    private async Task ReadAsync(WebSocket socket)
    {
        try
        {
            await ReadMessagesAsync(socket).ConfigureAwait(false);
        }
        catch (Exception error) when (IsLoss(error))
        {
            OnEnd(WebSocketEnd.Lost, error);
            return;
        }
        catch (Exception error)
        {
            // Nothing more is read.
            if (error is InvalidDataException) await CloseAsync(socket, WebSocketCloseStatus.MessageTooBig).ConfigureAwait(false);
            else socket.Abort();
            if (!IsClosed) engine.OnTransportError(this, Fault("websocket error", error, end: default));
            return;
        }

        await CloseAsync(socket, WebSocketCloseStatus.NormalClosure).ConfigureAwait(false);
        OnEnd(WebSocketEnd.Closed((int?)socket.CloseStatus, socket.CloseStatusDescription), cause: null);
    }

    /// <summary>Reads until the peer closes. One method, so that a message costs no memory of its own.</summary>
    private async Task ReadMessagesAsync(WebSocket socket)
    {
#if !NETSTANDARD2_0
        // An idle connection holds no buffer then; other WebSockets need not know this kind of reading.
        bool waitsWithoutBuffer = socket is ClientWebSocket && !OperatingSystem.IsBrowser();
#endif
        while (true)
        {
#if !NETSTANDARD2_0
            if (waitsWithoutBuffer)
            {
                var first = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None).ConfigureAwait(false);
                if (first.MessageType == WebSocketMessageType.Close) return;
                if (first.EndOfMessage)
                {
                    await HandleAsync(default, first.MessageType).ConfigureAwait(false);
                    continue;
                }
            }
#endif
            // Not given back where reading fails: somebody may still write to it.
            byte[] buffer = ArrayPool<byte>.Shared.Rent(FirstBlock);
            for (int length = 0; ;)
            {
                var read = await socket.ReceiveAsync(buffer.AsMemory(length), CancellationToken.None).ConfigureAwait(false);
                if (read.MessageType == WebSocketMessageType.Close) return;
                length += read.Count;
                if (length > settings.MaxMessageSize) throw new InvalidDataException($"The server's message is longer than {settings.MaxMessageSize} bytes (option MaxMessageSize).");
                if (read.EndOfMessage)
                {
                    await HandleAsync(buffer.AsMemory(0, length), read.MessageType).ConfigureAwait(false);
                    break;
                }

                if (length == buffer.Length) buffer = Grow(buffer);
            }

            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private byte[] Grow(byte[] buffer)
    {
        // One byte more than allowed is enough to see that it is too much.
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(buffer.Length * 2L, settings.MaxMessageSize + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private ValueTask HandleAsync(Memory<byte> data, WebSocketMessageType type)
    {
        if (IsClosed) return default;
        var error = settings.Codec.DecodeFrame(data, type == WebSocketMessageType.Binary, out var packet);
        if (error == PacketError.None) return engine.OnPacketAsync(this, packet);
        engine.OnMalformedPacket(this, error);
        return default;
    }

    /// <summary>Sends a close frame, unless one was sent.</summary>
    private async Task CloseAsync(WebSocket socket, WebSocketCloseStatus status)
    {
        lock (_gate)
        {
            if (_isClosed) return;
            LimitClosing(socket);
        }

        await SayGoodbyeAsync(socket, status).ConfigureAwait(false);
    }

    private void OnEnd(WebSocketEnd end, Exception? cause)
    {
        if (!IsClosed) engine.OnTransportClosed(this, Fault("websocket connection closed", cause, end));
    }

    /// <summary>Whether the connection was lost, rather than the protocol broken. The reference takes a loss for a close.</summary>
    private static bool IsLoss(Exception error) => error switch
    {
        WebSocketException { WebSocketErrorCode: WebSocketError.ConnectionClosedPrematurely } => true,
        WebSocketException => error.InnerException is IOException or System.Net.Sockets.SocketException,
        IOException or System.Net.Sockets.SocketException or OperationCanceledException or ObjectDisposedException => error is not InvalidDataException,
        _ => false,
    };
}
