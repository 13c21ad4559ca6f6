using System.Net.WebSockets;
using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>What carries the messages of one WebSocket: the seam between a session and the bytes of its connection. Messages come in batches, those that were read together;
/// they leave in batches, as encoded frames. It knows no request and no <c>HttpContext</c>, so that an event loop can stand here as well.</summary>
internal abstract class WebSocketConnection
{
    /// <summary>Reads until the end, answering pings meanwhile. Called once; does not throw.</summary>
    /// <param name="receiver">Gets the messages.</param>
    /// <returns>Why it ended.</returns>
    public abstract Task<WebSocketEnd> ReadAsync(IWebSocketReceiver receiver);

    /// <summary>Writes messages as one. Not to be called again before it has completed.</summary>
    /// <param name="batch">The messages, which must not change meanwhile.</param>
    /// <returns>False where the connection is over, which the reader learns by itself.</returns>
    public abstract ValueTask<bool> WriteAsync(List<OutgoingPacket> batch);

    /// <summary>Sends the close frame, behind what is being written; nothing follows it. Called once, from any thread.</summary>
    /// <param name="status">The status; <see cref="WebSocketCloseStatus.Empty"/> for none.</param>
    public abstract Task CloseOutputAsync(WebSocketCloseStatus status);

    /// <summary>Reads and forgets until the peer ends or the time is over, behind a fault. A connection that is closed with bytes unread is reset, and the peer would lose the
    /// close frame that tells it why.</summary>
    public abstract Task DrainAsync(TimeSpan patience, TimeProvider time);

    /// <summary>Waits until what is being written has left, or is cut; then the connection is over.</summary>
    public abstract Task CompleteAsync();

    /// <summary>Cuts the connection. Idempotent, from any thread; does nothing once it is over.</summary>
    public abstract void Abort();
}
