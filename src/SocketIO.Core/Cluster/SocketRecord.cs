namespace SocketIO.Cluster;

/// <summary>A socket as one server describes it to another. Immutable.</summary>
/// <param name="id">The id.</param>
/// <param name="handshake">A JSON object; see <see cref="Handshake"/>.</param>
/// <param name="rooms">The rooms.</param>
/// <param name="data">A JSON object; see <see cref="Data"/>.</param>
public sealed class SocketRecord(string id, Payload handshake, IReadOnlyList<string> rooms, Payload data)
{
    /// <summary>The id.</summary>
    public string Id { get; } = id;

    /// <summary>What the client said when it connected: a JSON object with <c>headers</c>, <c>time</c>, <c>address</c>, <c>xdomain</c>, <c>secure</c>, <c>issued</c>,
    /// <c>url</c>, <c>query</c>, <c>auth</c>.</summary>
    public Payload Handshake { get; } = handshake;

    /// <summary>The rooms.</summary>
    public IReadOnlyList<string> Rooms { get; } = rooms;

    /// <summary>What the application attached to the socket: a JSON object.</summary>
    public Payload Data { get; } = data;
}
