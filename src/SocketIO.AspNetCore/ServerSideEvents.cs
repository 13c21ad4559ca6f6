using SocketIO.AspNetCore.Internal;
using SocketIO.Events;

namespace SocketIO.AspNetCore;

/// <summary>Events between the servers of a cluster, in one namespace: handlers for those of the others, and emits that reach the others and not this server.</summary>
/// <remarks>
/// <para>An event with acknowledgement waits for one answer of each other server; a server where no handler answers lets it run into the adapter's time limit. Only the first
/// argument of an answer travels. Whether bytes arrive as bytes depends on the adapter.</para>
/// <para>Thread-safe. Source: https://socket.io/docs/v4/server-instance/#serversideemit.</para>
/// </remarks>
public sealed class ServerSideEvents : EventSource, IBroadcastAckEmitter, IListenerErrorHandler
{
    private readonly ServerNamespace _namespace;

    internal ServerSideEvents(ServerNamespace ns)
        : base(ns.Server.Serializer) => _namespace = ns;

    /// <summary>Sends an event to the other servers.</summary>
    /// <inheritdoc/>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        _namespace.Adapter.ServerSideEmitAsync(Serialize(eventName, arguments), cancellationToken);

    /// <summary>Sends an event to the other servers and waits for their answers.</summary>
    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The adapter knows this server only.</exception>
    public Task<IReadOnlyList<EventArguments>> EmitArgumentsWithAcksAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        var data = Serialize(eventName, arguments);
        return EmitAsync();

        async Task<IReadOnlyList<EventArguments>> EmitAsync()
        {
            var answers = await _namespace.Adapter.ServerSideEmitWithAckAsync(data, cancellationToken).ConfigureAwait(false);
            return [.. answers.Select(answer => EventArguments.ForValue(answer, Serializer))];
        }
    }

    /// <summary>For adapters: an event of another server came. Calls its handlers, which may still run when the method returns; what they throw is logged and raised as
    /// <see cref="SocketIOServer.HandlerError"/>.</summary>
    /// <param name="data">A JSON array, in memory of its own: the name, and the arguments.</param>
    /// <param name="answer">Sends the answer, which is empty where it has no argument; called once at most. Null where the sender wants none.</param>
    public void Receive(Payload data, Func<Payload, ValueTask>? answer = null)
    {
        var ack = answer is null ? Ack.None : new Ack(new ServerSideAck(Serializer, answer), 0);
        var invocation = new EventInvocation(EventArguments.ForEvent(data, Serializer), ack, this);
        // Neither fails: errors go to OnListenerError.
        _ = InvokeAsync(Listeners?.Any, Listeners?.Find(invocation.Arguments), invocation);
    }

    void IListenerErrorHandler.OnListenerError(string eventName, Exception exception) =>
        _namespace.Server.ReportHandlerError(HandlerErrorSource.ServerSideEvent, exception, _namespace, eventName: eventName);

    private Payload Serialize(string eventName, ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(eventName);
        if (eventName is "connect" or "connection" or "new_namespace") throw new ArgumentException($"\"{eventName}\" is a reserved event name");
        return Serializer.SerializeEvent(eventName, arguments);
    }

    private async Task InvokeAsync(ListenerGroup? any, ListenerGroup? handlers, EventInvocation invocation)
    {
        if (any is not null) await any.InvokeAsync(invocation, this).ConfigureAwait(false);
        if (handlers is not null) await handlers.InvokeAsync(invocation, this).ConfigureAwait(false);
    }
}
