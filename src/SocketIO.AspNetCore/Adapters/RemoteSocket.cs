using SocketIO.Cluster;
using SocketIO.Json;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>A socket of another server, as that server described it; what is done to it is a broadcast to the room of its id. Immutable.</summary>
internal sealed class RemoteSocket : IRemoteSocket
{
    private readonly BroadcastOperator _operator;
    private readonly IReadOnlyDictionary<string, Payload> _data;
    private readonly PayloadSerializer _serializer;

    public RemoteSocket(ServerNamespace ns, SocketRecord record)
    {
        _serializer = ns.Server.Serializer;
        Id = record.Id;
        Handshake = HandshakeRecord.Read(record.Handshake, _serializer);
        Rooms = record.Rooms;
        _data = PayloadSerializer.DeserializeMembers(record.Data);
        _operator = new BroadcastOperator(ns, BroadcastOptions.All.To(Id).With(BroadcastFlags.ExpectSingleResponse));
    }

    private RemoteSocket(RemoteSocket origin, TimeSpan timeout)
    {
        _serializer = origin._serializer;
        Id = origin.Id;
        Handshake = origin.Handshake;
        Rooms = origin.Rooms;
        _data = origin._data;
        _operator = origin._operator.Timeout(timeout);
    }

    public string Id { get; }

    public Handshake Handshake { get; }

    public IReadOnlyCollection<string> Rooms { get; }

    public IReadOnlyDictionary<string, object?> Data => _data.ToDictionary(static pair => pair.Key, static pair => (object?)pair.Value, StringComparer.Ordinal);

    public T? GetData<T>(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return _data.TryGetValue(key, out var value) ? _serializer.Deserialize<T>(value) : default;
    }

    public IAckEmitter Timeout(TimeSpan timeout) => new RemoteSocket(this, timeout);

    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _operator.EmitArgumentsAsync(eventName, arguments, cancellationToken);

    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        return SingleAsync(_operator.EmitArgumentsWithAcksAsync(eventName, arguments, cancellationToken));

        static async Task<EventArguments> SingleAsync(Task<IReadOnlyList<EventArguments>> acknowledgements)
        {
            try
            {
                var responses = await acknowledgements.ConfigureAwait(false);
                return responses.Count > 0 ? responses[0] : throw new SocketDisconnectedException();
            }
            catch (BroadcastTimeoutException)
            {
                throw new AckTimeoutException();
            }
        }
    }

    public ValueTask JoinAsync(string room) => _operator.SocketsJoinAsync(room);

    public ValueTask JoinAsync(IEnumerable<string> rooms) => _operator.SocketsJoinAsync(rooms);

    public ValueTask LeaveAsync(string room) => _operator.SocketsLeaveAsync(room);

    public ValueTask DisconnectAsync(bool close = false) => _operator.DisconnectSocketsAsync(close);
}
