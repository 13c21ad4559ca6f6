using SocketIO.Cluster;

namespace SocketIO.Redis.Emitters;

/// <summary>Sends events to the servers of a cluster.</summary>
internal sealed class ServerSideEmitter(ClusterEmitter emitter, string ns) : IEventEmitter
{
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        emitter.SendAsync(new ServerSideEmitMessage(ClusterMessage.Emitter, ns, Serialize(emitter, eventName, arguments)), cancellationToken);

    internal static Payload Serialize(ClusterEmitter emitter, string eventName, ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        ReservedEvents.ThrowIfReserved(eventName);
        if (arguments is [.., Delegate]) throw new NotSupportedException("Acknowledgements are not supported");
        return emitter.Serializer.SerializeEvent(eventName, arguments);
    }
}
