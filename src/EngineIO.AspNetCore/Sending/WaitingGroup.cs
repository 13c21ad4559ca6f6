namespace EngineIO.AspNetCore.Sending;

/// <summary>A group whose sender waits for room in the queue; or a sender who only waits.</summary>
internal sealed class WaitingGroup(int count, long byteCount, MessageGroup? group)
{
    private readonly TaskCompletionSource _accepted = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private CancellationTokenRegistration _cancellation;

    public int Count { get; } = count;

    public long ByteCount { get; } = byteCount;

    /// <summary>Null where the sender will send when there is room.</summary>
    public MessageGroup? Group { get; } = group;

    public Task Task => _accepted.Task;

    public void CancelWith(CancellationToken cancellationToken) =>
        _cancellation = cancellationToken.UnsafeRegister(
            static (state, token) => ((WaitingGroup)state!)._accepted.TrySetCanceled(token), this);

    /// <summary>Lets the sender go on.</summary>
    /// <returns>False where it was cancelled before.</returns>
    public bool TryAccept()
    {
        _cancellation.Unregister();
        return _accepted.TrySetResult();
    }
}
