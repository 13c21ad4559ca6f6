using SocketIO.Cluster;
using StackExchange.Redis;

namespace SocketIO.Redis;

public sealed partial class ShardedRedisAdapter
{
    private protected override ValueTask OnCommonMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message) =>
        TryReceiveLogged(message, isForSomebody: true, out var handling) ? handling : OnMessageAsync(message);

    private protected override ValueTask OnOwnMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        if (ReadMessage(message) is ClusterResponse response) OnResponse(response);
        return default;
    }

    private protected override ClusterMessage? ReadMessage(ReadOnlyMemory<byte> message)
    {
        if (ClusterWire.TryRead(message, out var read, out var error)) return read;
        ReportMalformed(error);
        return null;
    }

    // Where a room is named as this server is, answers come here, too.
    private ValueTask OnRoomMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message) => OnMessageAsync(message);

    private ValueTask OnMessageAsync(ReadOnlyMemory<byte> message) =>
        !IsOwn(message.Span) && ReadMessage(message) is { } read and not ClusterResponse ? OnMessageAsync(read) : default;

    private bool IsOwn(ReadOnlySpan<byte> message) => message.EndsWith(_ownJsonEnd) || message.EndsWith(_ownMessagePackEnd);
}
