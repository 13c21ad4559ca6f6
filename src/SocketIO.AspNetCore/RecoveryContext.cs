namespace SocketIO.AspNetCore;

/// <summary>A session that a client wants to have restored.</summary>
public sealed class RecoveryContext
{
    internal RecoveryContext(
        ServerNamespace ns, ClientConnection client, Handshake handshake, string socketId, IReadOnlyCollection<string> rooms, IDictionary<string, object?> data)
    {
        Namespace = ns;
        Client = client;
        Handshake = handshake;
        SocketId = socketId;
        Rooms = rooms;
        Data = data;
    }

    /// <summary>The namespace.</summary>
    public ServerNamespace Namespace { get; }

    /// <summary>The new connection.</summary>
    public ClientConnection Client { get; }

    /// <summary>What the client said now; compare with what is in <see cref="Data"/>.</summary>
    public Handshake Handshake { get; }

    /// <summary>The id of the socket.</summary>
    public string SocketId { get; }

    /// <summary>The rooms that the socket would be in again.</summary>
    public IReadOnlyCollection<string> Rooms { get; }

    /// <summary>The data of the socket.</summary>
    public IDictionary<string, object?> Data { get; }
}
