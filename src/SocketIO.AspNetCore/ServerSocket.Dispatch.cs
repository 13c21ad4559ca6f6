using SocketIO.AspNetCore.Diagnostics;
using SocketIO.AspNetCore.Internal;
using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore;

// A received event: reading thread -> EventQueue (one at a time, in order) -> catch-all listeners -> packet middlewares -> handlers.
// Acknowledgements and disconnects pass the queue by.
public sealed partial class ServerSocket
{
    private HandlerList<Func<IncomingEvent, Func<ValueTask>, ValueTask>>? _middlewares;

    // The reading thread's.
    private Ack? _lastAck;

    /// <summary>Adds a packet middleware: it runs for every received event, after the catch-all listeners and before the handlers, and may change the event, keep it back by
    /// not calling <c>next</c>, or refuse it by throwing, which raises <see cref="OnError"/>.</summary>
    /// <param name="middleware">The middleware; its second parameter is <c>next</c>.</param>
    /// <returns>A subscription; disposing it removes the middleware.</returns>
    public IDisposable Use(Func<IncomingEvent, Func<ValueTask>, ValueTask> middleware) => Made(ref _middlewares).Add(middleware);

    /// <summary>An event came.</summary>
    /// <returns>A task that completes when the next message may be read.</returns>
    internal ValueTask ReceiveEventAsync(in Packet packet)
    {
        LogPacket(packet);
        Server.Metrics.EventReceived(Namespace);
        var ack = packet.Id is { } id ? Ack.Next(ref _lastAck, this, id) : Ack.None;
        var arguments = EventArguments.ForEvent(packet.Data, Serializer);
        if (_rateLimits is null || _rateLimits.TryAcquire(arguments, out var retryAfter)) return _events.AddAsync(new EventInvocation(arguments, ack, this));
        RefuseEvent(arguments, ack, retryAfter);
        return default;
    }

    /// <summary>An acknowledgement came.</summary>
    internal void ReceiveAck(in Packet packet)
    {
        LogPacket(packet);
        var id = packet.Id ?? -1;
        if (TakeAck(id) is not { } handler)
        {
            LogBadAck(_log, id);
            return;
        }

        LogCallingAck(_log, id, packet.Data);
        handler.OnAck(EventArguments.ForAck(packet.Data, Serializer).Detach());
    }

    /// <summary>The client left the namespace.</summary>
    internal void ReceiveDisconnect(in Packet packet)
    {
        LogPacket(packet);
        LogGotDisconnect(_log);
        Close(new DisconnectInfo(DisconnectReasons.ClientNamespaceDisconnect, null));
    }

    /// <summary>Calls whom an event is for.</summary>
    /// <param name="invocation">The event, valid until the method returns.</param>
    /// <returns>A task that completes, never with a failure, when they have.</returns>
    internal ValueTask HandleEventAsync(in EventInvocation invocation) =>
        IsObserved ? HandleObservedAsync(invocation.Detach()) : HandleAsync(invocation);

    private ValueTask HandleAsync(in EventInvocation invocation)
    {
        var data = invocation.Arguments.Payload;
        LogEmittingEvent(_log, data);
        if (invocation.FleetingAck.IsRequested) LogAttachingAck(_log);
        if (_middlewares is { IsEmpty: false } || Listeners?.Any is not null || Namespace.SharedListeners?.Any is not null)
            return HandleThroughMiddlewaresAsync(invocation.Detach());
        LogDispatching(_log, data);
        return CallHandlers(invocation);
    }

    void IListenerErrorHandler.OnListenerError(string eventName, Exception exception)
    {
        EventActivity.RecordError(exception);
        if (exception is not EventBindingException) Server.ReportHandlerError(HandlerErrorSource.Event, exception, Namespace, this, eventName);
        else if (!RaiseError(exception)) LogNotBound(_log, exception.Message);
    }

    private ValueTask CallHandlers(in EventInvocation invocation)
    {
        if (!Connected)
        {
            LogIgnoredEvent();
            return default;
        }

        var shared = Namespace.SharedListeners?.Find(invocation.Arguments);
        var own = Listeners?.Find(invocation.Arguments);
        if (shared is null) return own?.InvokeAsync(invocation, this) ?? default;
        return own is null ? shared.InvokeAsync(invocation, this) : CallBothAsync(shared, own, invocation.Detach());
    }

    private async ValueTask CallBothAsync(ListenerGroup shared, ListenerGroup own, EventInvocation invocation)
    {
        await shared.InvokeAsync(invocation, this).ConfigureAwait(false);
        await own.InvokeAsync(invocation, this).ConfigureAwait(false);
    }

    private async ValueTask HandleThroughMiddlewaresAsync(EventInvocation invocation)
    {
        if (Namespace.SharedListeners?.Any is { } anyShared) await anyShared.InvokeAsync(invocation, this).ConfigureAwait(false);
        if (Listeners?.Any is { } any) await any.InvokeAsync(invocation, this).ConfigureAwait(false);
        LogDispatching(_log, invocation.Arguments.Payload);
        if (_middlewares is { IsEmpty: false } middlewares)
        {
            var incoming = new IncomingEvent(this, invocation.Arguments, invocation.Ack);
            try
            {
                var chain = new MiddlewareChain<IncomingEvent>(middlewares.Snapshot(), incoming);
                if (!await chain.RunAsync().ConfigureAwait(false)) return;
            }
            catch (Exception exception)
            {
                EventActivity.RecordError(exception);
                if (!RaiseError(exception)) Server.ReportHandlerError(HandlerErrorSource.Middleware, exception, Namespace, this, incoming.Name);
                return;
            }

            invocation = new EventInvocation(incoming.Arguments, invocation.Ack, this);
        }

        await CallHandlers(invocation).ConfigureAwait(false);
    }
}
