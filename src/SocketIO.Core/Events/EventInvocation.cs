namespace SocketIO.Events;

/// <summary>A received event on its way to its handlers.</summary>
/// <param name="arguments">The event.</param>
/// <param name="ack">Its acknowledgement, or <see cref="SocketIO.Ack.None"/>.</param>
/// <param name="source">The socket that received it.</param>
public readonly struct EventInvocation(EventArguments arguments, Ack ack, EventSource? source)
{
    /// <summary>The event.</summary>
    public EventArguments Arguments { get; } = arguments;

    /// <summary>Its acknowledgement.</summary>
    public Ack Ack => FleetingAck.Keep();

    /// <summary>The acknowledgement, for use before the handlers return.</summary>
    internal Ack FleetingAck { get; } = ack;

    /// <summary>The socket that received it.</summary>
    public EventSource? Source { get; } = source;

    /// <summary>The same invocation, in memory of its own, so that it may wait in a queue.</summary>
    public EventInvocation Detach() => new(Arguments.Detach(), Ack, Source);
}
