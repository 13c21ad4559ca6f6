namespace SocketIO.AspNetCore.Recovery;

/// <summary>What an adapter stores of a disconnected socket.</summary>
/// <param name="id">The id of the socket.</param>
/// <param name="privateId">The id by which the client asks for the session.</param>
/// <param name="rooms">Its rooms, its own among them.</param>
/// <param name="data">Its data. Not copied: within one server, the restored socket has the same objects.</param>
public sealed class RecoverableSession(string id, string privateId, IReadOnlyCollection<string> rooms, IDictionary<string, object?> data)
{
    /// <summary>The id of the socket.</summary>
    public string Id { get; } = id;

    /// <summary>The id by which the client asks for the session: a secret that it shares with the server, not to be shown or logged.</summary>
    public string PrivateId { get; } = privateId;

    /// <summary>The rooms, the socket's own among them.</summary>
    public IReadOnlyCollection<string> Rooms { get; } = rooms;

    /// <summary>The data of the socket.</summary>
    public IDictionary<string, object?> Data { get; } = data;

    /// <summary>The adapter's <see cref="Adapters.IAdapter.LastOffset"/> when the session was granted: the client has all that was sent to it before. Null where unknown.</summary>
    public string? GrantedAt { get; init; }

    /// <summary>The offset of the last packet that was put into the session's send queue; null for none. What the client has received of them, it says itself.</summary>
    public string? LastSent
    {
        get => Holder is { } holder ? holder.LastSent : field;
        init;
    }

    // The socket, to which packets may be sent up to the moment of storing.
    internal SessionHolder? Holder { get; init; }
}
