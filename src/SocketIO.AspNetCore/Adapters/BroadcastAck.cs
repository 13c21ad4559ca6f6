using SocketIO.AspNetCore.Internal;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>Waits for the acknowledgements of one broadcast by the sockets of this server.</summary>
/// <remarks>Thread-safe: sockets are only added before <see cref="ReleaseOn"/>, by one thread, and only read after it.</remarks>
internal sealed class BroadcastAck(long id, IBroadcastAckObserver observer) : AckHandler
{
    private readonly List<ServerSocket> _sockets = [];
    private int _pending = 1;
    private CancellationTokenRegistration _registration;

    /// <summary>How many sockets are to acknowledge it.</summary>
    public int SocketCount => _sockets.Count;

    /// <summary>Registers it with a socket.</summary>
    /// <returns>False where the socket is gone.</returns>
    public bool Await(ServerSocket socket)
    {
        Interlocked.Increment(ref _pending);
        if (!socket.AwaitAck(id, this)) return false;
        _sockets.Add(socket);
        return true;
    }

    /// <summary>Every socket has been added; the operation ends with the token.</summary>
    public void ReleaseOn(CancellationToken operation)
    {
        _registration = operation.UnsafeRegister(static ack => ((BroadcastAck)ack!).Release(), this);
        Settle();
    }

    public override void OnAck(EventArguments arguments)
    {
        observer.OnAck(arguments.Get<Payload>(0));
        Settle();
    }

    // Whether the others wait for it in vain is for the time limit to say.
    public override void OnDisconnected(string reason) => Settle();

    private void Settle()
    {
        // All have answered: nothing is left that the token could release.
        if (Interlocked.Decrement(ref _pending) == 0) _registration.Unregister();
    }

    private void Release()
    {
        foreach (var socket in _sockets) socket.TakeAck(id);
    }
}
