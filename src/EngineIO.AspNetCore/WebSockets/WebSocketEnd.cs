using System.Net.WebSockets;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>Why a WebSocket's messages have ended.</summary>
/// <param name="Status">The close status: the peer's, <see cref="WebSocketCloseStatus.Empty"/> where its close frame has none, or what to tell a peer that broke the protocol. Null where the
/// connection ended without a close frame.</param>
/// <param name="Fault">How the peer broke the protocol.</param>
internal readonly record struct WebSocketEnd(WebSocketCloseStatus? Status, Exception? Fault = null)
{
    /// <summary>The connection ended without a word.</summary>
    public static WebSocketEnd Lost => default;
}
