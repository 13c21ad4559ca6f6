using System.Buffers;
using SocketIO.Cluster;
using SocketIO.MessagePack;
using SocketIO.Parsing;
using SocketIO.Redis.Recovery;

namespace SocketIO.Redis.Streams;

// The way out: broadcasts and what changes rooms into the stream, requests and answers over channels.
public sealed partial class RedisStreamsAdapter
{
    /// <inheritdoc/>
    protected override async ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsStored(message))
        {
            await Connection.PublishAsync(CommonChannel, Encode(message), cancellationToken).ConfigureAwait(false);
            return null;
        }

        // What is sent before the start of reading would not come back.
        if (!_tail.Started.IsCompleted) await _tail.Started.WaitAsync(_options.PublishTimeout, TimeProvider, cancellationToken).ConfigureAwait(false);
        var data = EntryCodec.WriteData(message);
        return message is BroadcastMessage broadcast && IsRecoverable(ToPacket(broadcast), broadcast.Options)
            ? await _own.SendAsync(new OwnEntry(broadcast, data), () => AddAsync(message, data), _options.PublishTimeout, TimeProvider).ConfigureAwait(false)
            : await AddAsync(message, data).WaitAsync(_options.PublishTimeout, TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    protected override ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(response);
        return Connection.PublishAsync(ChannelOf(requesterId + "#"), Encode(response), cancellationToken);
    }

    /// <summary>Delivers what another server sent. An event of this server with an offset has been delivered when it came back.</summary>
    /// <inheritdoc/>
    protected override ValueTask DeliverAsync(Packet packet, BroadcastOptions options, string? offset, CancellationToken cancellationToken = default) =>
        offset is not null && !ReferenceEquals(offset, _receiving) && IsRecoverable(packet, options)
            ? default
            : base.DeliverAsync(packet, options, offset, cancellationToken);

    private static bool IsStored(ClusterMessage message) => message.Type switch
    {
        ClusterMessageType.Broadcast => message is BroadcastMessage { RequestId: null },
        ClusterMessageType.SocketsJoin or ClusterMessageType.SocketsLeave or ClusterMessageType.DisconnectSockets => true,
        _ => false,
    };

    private static ReadOnlyMemory<byte> Encode(ClusterMessage message)
    {
        var bytes = new ArrayBufferWriter<byte>();
        MessagePackPayload.Write(ClusterCodec.Write(message), bytes);
        return bytes.WrittenMemory;
    }

    private static Packet ToPacket(BroadcastMessage message) => new(PacketType.Event, message.Namespace, message.Data, message.PacketId);

    private async Task<string?> AddAsync(ClusterMessage message, ReadOnlyMemory<byte> data)
    {
        if (!Connection.IsAvailable) throw Connection.Unavailable();
        try
        {
            var id = await Connection.Database.StreamAddAsync(
                _streams.Written, EntryCodec.Write(message, data), maxLength: _options.MaxLength, useApproximateMaxLength: true).ConfigureAwait(false);
            Connection.Metrics.Published();
            return id;
        }
        catch (Exception)
        {
            Connection.Metrics.PublishFailed();
            throw;
        }
    }
}
