using SocketIO.Events;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Events;

/// <summary>The least that a socket is: dispatches what it is told to have received and records what it sends.</summary>
internal class Socket(PayloadSerializer? serializer = null) : EventSource(serializer ?? PayloadSerializer.Default), IAckEmitter, IAckTarget, IListenerErrorHandler
{
    internal List<string> Sent { get; } = [];

    internal List<(string Event, Exception Exception)> Errors { get; } = [];

    internal Payload NextAck { get; set; }

    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        Record(Serializer.SerializeEvent(eventName, arguments), cancellationToken);
        return default;
    }

    public Task<EventArguments> EmitArgumentsWithAckAsync(
        string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        Record(Serializer.SerializeEvent(eventName, arguments), cancellationToken);
        return Task.FromResult(EventArguments.ForAck(NextAck, Serializer).Detach());
    }

    public ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        Sent.Add($"#{id} {Serializer.SerializeArguments(arguments)}");
        return default;
    }

    public void OnListenerError(string eventName, Exception exception) => Errors.Add((eventName, exception));

    /// <summary>Receives an event, with an id where an acknowledgement is wanted.</summary>
    internal ValueTask ReceiveAsync(string json, long? id = null, params ReadOnlyMemory<byte>[] attachments) =>
        ReceiveAsync(new Payload(System.Text.Encoding.UTF8.GetBytes(json), attachments), id);

    internal ValueTask ReceiveAsync(Payload payload, long? id = null)
    {
        var arguments = EventArguments.ForEvent(payload, Serializer);
        var invocation = new EventInvocation(arguments, id is { } value ? new Ack(this, value) : Ack.None, this);
        var any = Listeners?.Any?.InvokeAsync(invocation, this) ?? default;
        Assert.True(any.IsCompletedSuccessfully);
        return Listeners?.Find(arguments)?.InvokeAsync(invocation, this) ?? default;
    }

    private void Record(Payload payload, CancellationToken cancellationToken) =>
        Sent.Add(payload + (cancellationToken.CanBeCanceled ? " (cancellable)" : ""));
}
