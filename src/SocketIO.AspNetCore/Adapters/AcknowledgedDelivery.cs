namespace SocketIO.AspNetCore.Adapters;

/// <summary>One broadcast on its way to sockets that are to acknowledge it.</summary>
internal struct AcknowledgedDelivery(BroadcastAck ack, BroadcastDelivery delivery)
{
    private BroadcastDelivery _delivery = delivery;

    public BroadcastAck Ack { get; } = ack;

    public void SendTo(ServerSocket socket)
    {
        if (Ack.Await(socket)) socket.Deliver(ref _delivery);
    }
}
