using SocketIO.Redis.Connections;

namespace SocketIO.Redis.Sharded;

/// <summary>The channel of one room. Guarded by the lock of its owner; while it is busy, what is busy with it sets the subscription.</summary>
internal sealed class RoomChannel(RoomChannels owner, string room) : IThreadPoolWorkItem
{
    public string Room => room;

    /// <summary>Null where it is not listened to.</summary>
    public RedisSubscription? Subscription { get; set; }

    /// <summary>Completes when it is listened to if it should be, and not if not; null where it is so.</summary>
    public TaskCompletionSource? Busy { get; set; }

    // On the thread pool: whoever leaves a room does not pay for it.
    public void Execute() => _ = owner.UpdateAsync(room);
}
