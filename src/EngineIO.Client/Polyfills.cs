#if NETSTANDARD2_0
using System.Net.WebSockets;
using System.Runtime.InteropServices;

namespace EngineIO.Client;

/// <summary>What netstandard2.0 lacks.</summary>
internal static class Polyfills
{
    public static async ValueTask<WebSocketReceiveResult> ReceiveAsync(this WebSocket socket, Memory<byte> memory, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment);
        return await socket.ReceiveAsync(segment, cancellationToken).ConfigureAwait(false);
    }

    public static ValueTask SendAsync(this WebSocket socket, ReadOnlyMemory<byte> memory, WebSocketMessageType type, bool endOfMessage, CancellationToken cancellationToken)
    {
        if (!MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment)) segment = new(memory.ToArray());
        return new(socket.SendAsync(segment, type, endOfMessage, cancellationToken));
    }

    public static Task<Stream> ReadAsStreamAsync(this HttpContent content, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return content.ReadAsStreamAsync();
    }

    public static async ValueTask<int> ReadAsync(this Stream stream, Memory<byte> memory, CancellationToken cancellationToken)
    {
        MemoryMarshal.TryGetArray(memory, out ArraySegment<byte> segment);
        return await stream.ReadAsync(segment.Array!, segment.Offset, segment.Count, cancellationToken).ConfigureAwait(false);
    }

    public static bool Remove<TKey, TValue>(this Dictionary<TKey, TValue> dictionary, TKey key, out TValue value) =>
        dictionary.TryGetValue(key, out value) && dictionary.Remove(key);
}
#endif
