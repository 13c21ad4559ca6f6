using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Internal;

/// <summary>An event of the application's that waits for room in its session's queue.</summary>
internal sealed class PendingEmit
{
    private readonly TaskCompletionSource _sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenRegistration _cancellation;
    private int _isTaken;

    public PendingEmit(Packet packet, BroadcastFlags flags, CancellationToken cancellationToken)
    {
        Packet = packet;
        Flags = flags;
        CancellationToken = cancellationToken;
        _cancellation = cancellationToken.UnsafeRegister(static (emit, token) => ((PendingEmit)emit!).Cancel(token), this);
    }

    public Packet Packet { get; }

    public BroadcastFlags Flags { get; }

    public CancellationToken CancellationToken { get; }

    public Task Task => _sent.Task;

    /// <summary>Takes the right to send it; false where it was cancelled.</summary>
    public bool TryTake()
    {
        if (Interlocked.Exchange(ref _isTaken, 1) != 0) return false;
        _cancellation.Unregister();
        return true;
    }

    public void Complete() => _sent.TrySetResult();

    public void Fail(Exception exception) => _sent.TrySetException(exception);

    private void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _isTaken, 1) == 0) _sent.TrySetCanceled(cancellationToken);
    }
}
