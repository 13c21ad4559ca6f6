namespace SocketIO.AspNetCore.Adapters;

/// <summary>Hears how a broadcast is acknowledged. The methods may be called from several threads at once, and after the broadcast's token was cancelled; they return at
/// once.</summary>
public interface IBroadcastAckObserver
{
    /// <summary>A server has sent the packet. Called once for each server, in any order with <see cref="OnAck"/>.</summary>
    /// <param name="clientCount">How many of its sockets the packet was sent to.</param>
    void OnClientCount(int clientCount);

    /// <summary>Another server has sent the packet. Called in place of <see cref="OnClientCount(int)"/>, which it calls by default.</summary>
    /// <param name="clientCount">How many of its sockets the packet was sent to.</param>
    /// <param name="serverId">Its <see cref="ClusterAdapter.ServerId"/>; empty where it is not known.</param>
    void OnClientCount(int clientCount, string serverId) => OnClientCount(clientCount);

    /// <summary>A socket has acknowledged the packet.</summary>
    /// <param name="argument">The first argument of the acknowledgement, in memory of its own; empty where there was none.</param>
    void OnAck(Payload argument);
}
