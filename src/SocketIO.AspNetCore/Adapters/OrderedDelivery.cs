namespace SocketIO.AspNetCore.Adapters;

/// <summary>A stored event on its way to sockets, in two steps: <see cref="Enqueue"/> puts it into their queues within the lock that gives events their order,
/// <see cref="Flush"/> writes the queues and calls listeners.</summary>
/// <param name="delivery">The event as it is stored.</param>
/// <param name="original">Its data without the offset, for listeners.</param>
internal struct OrderedDelivery(BroadcastDelivery delivery, Payload original)
{
    private BroadcastDelivery _delivery = delivery;
    private Receiver _first;
    private List<Receiver>? _others;

    public void Enqueue(ServerSocket socket)
    {
        if (socket.Enqueue(ref _delivery) is not { } isQueued) return;
        var receiver = new Receiver(socket, isQueued);
        if (_first.Socket is null) _first = receiver;
        else (_others ??= []).Add(receiver);
    }

    public readonly void Flush()
    {
        if (_first.Socket is null) return;
        var encoded = _delivery.Encoded;
        _first.Socket.Flush(encoded, original, _first.IsQueued);
        if (_others is null) return;
        foreach (var receiver in _others) receiver.Socket.Flush(encoded, original, receiver.IsQueued);
    }

    private readonly record struct Receiver(ServerSocket Socket, bool IsQueued);
}
