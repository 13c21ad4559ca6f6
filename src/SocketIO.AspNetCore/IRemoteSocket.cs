namespace SocketIO.AspNetCore;

/// <summary>A socket of this server, or a view of one of another server: what <see cref="BroadcastOperator.FetchSocketsAsync"/> finds. Thread-safe.</summary>
/// <remarks>An acknowledgement of a socket of another server needs a <see cref="Timeout"/>. Source: https://socket.io/docs/v4/server-instance/#fetchsockets.</remarks>
public interface IRemoteSocket : IAckEmitter
{
    /// <summary>The id.</summary>
    string Id { get; }

    /// <summary>What the client said when it connected.</summary>
    Handshake Handshake { get; }

    /// <summary>The rooms: now for a socket of this server, at the time of the call for one of another.</summary>
    IReadOnlyCollection<string> Rooms { get; }

    /// <summary>The data that the application gave the socket, as a snapshot. Those of another server's socket are <see cref="Payload"/>s: see
    /// <see cref="GetData{T}"/>.</summary>
    IReadOnlyDictionary<string, object?> Data { get; }

    /// <summary>One of the data, wherever the socket is.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="key">Its name.</param>
    /// <returns>The default value where there is none.</returns>
    /// <exception cref="System.Text.Json.JsonException">It is no <typeparamref name="T"/>.</exception>
    T? GetData<T>(string key);

    /// <summary>Emits through this fail with a <see cref="TimeoutException"/> where they are not acknowledged in time.</summary>
    /// <param name="timeout">How long the acknowledgement may take; zero or more.</param>
    IAckEmitter Timeout(TimeSpan timeout);

    /// <summary>Makes it join a room.</summary>
    /// <param name="room">The room.</param>
    ValueTask JoinAsync(string room);

    /// <summary>Makes it join rooms.</summary>
    /// <param name="rooms">The rooms.</param>
    ValueTask JoinAsync(IEnumerable<string> rooms);

    /// <summary>Makes it leave a room.</summary>
    /// <param name="room">The room.</param>
    ValueTask LeaveAsync(string room);

    /// <summary>Disconnects it.</summary>
    /// <param name="close">Whether its connection is closed as well. Default: false.</param>
    ValueTask DisconnectAsync(bool close = false);
}
