using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis.Sharded;

/// <summary>The channels of rooms that have members here. However fast members come and go, a channel is subscribed to and unsubscribed from by one step after the other, until it
/// is as it should be.</summary>
/// <remarks>Thread-safe: the lock guards the dictionary and what is in it, and is held for a few comparisons.</remarks>
/// <param name="connection">The way to Redis.</param>
/// <param name="nameOf">The channel of a room.</param>
/// <param name="hasMembers">Whether a room has members.</param>
/// <param name="onMessage">Gets what comes.</param>
internal sealed class RoomChannels(
    RedisConnection connection, Func<string, RedisChannel> nameOf, Func<string, bool> hasMembers, Func<RedisChannel, ReadOnlyMemory<byte>, ValueTask> onMessage)
{
    private readonly Dictionary<string, RoomChannel> _channels = new(StringComparer.Ordinal);
    private bool _isClosed;

    /// <summary>How many are listened to, or were.</summary>
    public int Count
    {
        get
        {
            lock (_channels) return _channels.Count;
        }
    }

    /// <summary>A room has got a member, or lost the last one.</summary>
    /// <returns>A task that completes, never with a failure, when its channel is listened to if it should be, and not if not.</returns>
    public Task UpdateAsync(string room)
    {
        RoomChannel? channel;
        Task settled;
        lock (_channels)
        {
            if (!_channels.TryGetValue(room, out channel)) channel = new RoomChannel(this, room);
            if (channel.Busy is { } busy) return busy.Task;
            if (IsAsItShouldBe(channel)) return Task.CompletedTask;
            _channels[room] = channel;
            channel.Busy = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            settled = channel.Busy.Task;
        }

        _ = SettleAsync(channel);
        return settled;
    }

    /// <summary>A room may have lost its last member; <see cref="UpdateAsync"/> for who does not wait.</summary>
    public void Leave(string room)
    {
        RoomChannel? channel;
        lock (_channels) _channels.TryGetValue(room, out channel);
        if (channel is not null) ThreadPool.UnsafeQueueUserWorkItem(channel, preferLocal: false);
    }

    /// <summary>Listens to none of them any more.</summary>
    public async Task CloseAsync()
    {
        string[] rooms;
        lock (_channels)
        {
            _isClosed = true;
            rooms = [.. _channels.Keys];
        }

        await Task.WhenAll(rooms.Select(UpdateAsync)).ConfigureAwait(false);
    }

    private async Task SettleAsync(RoomChannel channel)
    {
        var isDone = false;
        while (!isDone)
        {
            try
            {
                if (channel.Subscription is null) channel.Subscription = await connection.SubscribeAsync(nameOf(channel.Room), onMessage).ConfigureAwait(false);
                else await EndAsync(channel).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                // There is no connection to be: the next member tries again.
                connection.ReportOutage($"a channel could not be subscribed to ({exception.GetType().Name})");
                isDone = true;
            }

            TaskCompletionSource settled;
            lock (_channels)
            {
                isDone |= IsAsItShouldBe(channel);
                if (!isDone) continue;
                settled = channel.Busy!;
                channel.Busy = null;
                if (channel.Subscription is null) _channels.Remove(channel.Room);
            }

            settled.TrySetResult();
        }
    }

    // What has arrived comes before what a later subscription brings.
    private async Task EndAsync(RoomChannel channel)
    {
        var subscription = channel.Subscription!;
        channel.Subscription = null;
        await subscription.DisposeAsync().ConfigureAwait(false);
        if (!Volatile.Read(ref _isClosed)) await subscription.Reading.ConfigureAwait(false);
    }

    private bool IsAsItShouldBe(RoomChannel channel) => channel.Subscription is not null == (!_isClosed && hasMembers(channel.Room));
}
