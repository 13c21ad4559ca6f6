using SocketIO.Cluster;
using SocketIO.MessagePack;
using SocketIO.Redis.Recovery;
using StackExchange.Redis;

namespace SocketIO.Redis.Streams;

// The way in. Whatever the type, a message is handled, be it in the stream or on a channel.
public sealed partial class RedisStreamsAdapter
{
    private protected override ValueTask OnCommonMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message) => OnChannelMessageAsync(message);

    private protected override ValueTask OnOwnMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message) => OnChannelMessageAsync(message);

    private ValueTask OnChannelMessageAsync(ReadOnlyMemory<byte> bytes)
    {
        var error = "no MessagePack";
        if (!MessagePackPayload.TryRead(bytes, out var envelope, EntryCodec.MaxDepth) || !ClusterCodec.TryRead(envelope, out var message, out error))
        {
            ReportMalformed(error);
            return default;
        }

        return OnMessageAsync(message);
    }

    private async ValueTask OnEntryAsync(StreamEntry entry)
    {
        string id = entry.Id!;
        try
        {
            if (EntryCodec.IsFrom(entry, ServerId)) OnOwnEntry(entry, id);
            else if (EntryCodec.TryRead(entry, out var message, out var error))
            {
                _receiving = id;
                await OnMessageAsync(message, id).ConfigureAwait(false);
            }
            else ReportMalformed(error);
        }
        catch (Exception exception)
        {
            Connection.Metrics.HandlerFailed();
            LogEntryFailed(Log, exception, id);
        }

        _receiving = null;
        Volatile.Write(ref _handled, id);
    }

    private void OnOwnEntry(in StreamEntry entry, string id)
    {
        if (!EntryCodec.IsBroadcast(entry) || _own.Take(EntryCodec.DataOf(entry).Span) is not { } own) return;
        if (own.IsGivenUp)
        {
            // Clients have it without its offset.
            _unsure = StreamOffset.TryParse(id, out var offset) ? offset : null;
            return;
        }

        try
        {
            Deliver(ToPacket(own.Message), own.Message.Options, id);
        }
        finally
        {
            own.Complete(id);
        }
    }
}
