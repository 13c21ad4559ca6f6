using SocketIO.Cluster;

namespace SocketIO.Redis.Recovery;

/// <summary>An event of this server on its way through the store.</summary>
/// <param name="message">The event.</param>
/// <param name="data">How the store has it.</param>
internal sealed class OwnEntry(BroadcastMessage message, ReadOnlyMemory<byte> data)
{
    private readonly TaskCompletionSource<string> _delivered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public BroadcastMessage Message { get; } = message;

    public ReadOnlyMemory<byte> Data { get; } = data;

    /// <summary>The offset, once it has been delivered.</summary>
    public Task<string> Delivered => _delivered.Task;

    // Both guarded by the list's lock.
    public bool IsTaken { get; set; }

    public bool IsGivenUp { get; set; }

    public void Complete(string offset) => _delivered.TrySetResult(offset);
}
