using SocketIO.Json;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Sends the answer to another server's event: its first argument.</summary>
internal sealed class ServerSideAck(PayloadSerializer serializer, Func<Payload, ValueTask> answer) : IAckTarget
{
    public ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        answer(arguments.IsEmpty ? default : EventArguments.ForAck(serializer.SerializeArguments(arguments[..1]), serializer).Get<Payload>(0));
}
