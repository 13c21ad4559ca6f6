using EngineIO.Client;
using SocketIO.Client.Internal;
using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.Client;

// A packet on its way out: serialized by the caller's thread, then under the gate, in the order of the calls, into the engine's queue or a buffer.
public sealed partial class ClientSocket
{
    private readonly List<BufferedPacket> _sendBuffer = [];

    /// <summary>Emits are dropped where the transport cannot write at this moment, instead of waiting.</summary>
    public ClientSocketEmitter Volatile => new(this, new EmitSettings { IsVolatile = true });

    /// <summary>Whether packets may be compressed, where the transport compresses. Default: true.</summary>
    /// <param name="compress">Whether they may.</param>
    public ClientSocketEmitter Compress(bool compress) => new ClientSocketEmitter(this, default).Compress(compress);

    /// <inheritdoc cref="ClientSocketEmitter.Timeout"/>
    public ClientSocketEmitter Timeout(TimeSpan timeout) => new ClientSocketEmitter(this, default).Timeout(timeout);

    /// <summary>Sends an event and goes on; where the socket is not connected, once it is.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments. An array of bytes must not be changed until it is sent.</param>
    /// <exception cref="ArgumentException">The name is reserved.</exception>
    /// <exception cref="ObjectDisposedException">The socket is disposed.</exception>
    public void Emit(string eventName, params ReadOnlySpan<object?> arguments) => EmitCore(eventName, arguments, default, ack: null);

    /// <inheritdoc/>
    /// <remarks>Where the socket is not connected, the event is sent once it is. The task completes once the event is accepted: at once, unless more than
    /// a megabyte waits to be written.</remarks>
    public ValueTask EmitArgumentsAsync(string eventName, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
        EmitAsync(eventName, arguments, default, cancellationToken);

    internal void EmitWith(string eventName, ReadOnlySpan<object?> arguments, EmitSettings settings) => EmitCore(eventName, arguments, settings, ack: null);

    internal ValueTask EmitAsync(string eventName, ReadOnlySpan<object?> arguments, EmitSettings settings, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return new(Task.FromCanceled(cancellationToken));
        return EmitCore(eventName, arguments, settings, ack: null) is { } engine ? engine.WaitForRoomAsync(cancellationToken) : default;
    }

    /// <returns>The engine that the event was given to; null where it was not.</returns>
    private EngineClient? EmitCore(string eventName, ReadOnlySpan<object?> arguments, EmitSettings settings, PendingAck? ack)
    {
        ReservedEvents.ThrowIfReserved(eventName);
        if (_retries > 0 && !settings.IsVolatile)
        {
            EnqueueForRetries(Serializer.SerializeEvent(eventName, arguments), settings, ack);
            return null;
        }

        using var rented = Serializer.RentEvent(eventName, arguments);
        if (Connected && Listeners?.AnyOutgoing is { } outgoing) Observe(outgoing, rented.Payload);
        using var buffer = EncodeBuffer.Take();
        EngineClient written;
        lock (Gate)
        {
            ThrowIfDisposed();
            if (ack is not null) Await(ack);
            var packet = new Packet(PacketType.Event, Namespace, rented.Payload, ack?.Id);
            var engine = _grant?.Connection.Engine;
            if (settings.IsVolatile && engine?.IsWritable != true)
            {
                LogDiscard(_log);
                return null;
            }

            // Where the server's last ping is too long ago, the connection is dead and has not been told.
            if (engine is null || engine.HasPingExpired())
            {
                _sendBuffer.Add(new BufferedPacket(Own(rented.Payload), ack?.Id, settings.IsCompressed));
                return null;
            }

            try
            {
                Append(engine, packet, buffer, settings.IsCompressed);
            }
            catch
            {
                // A parser of the application's: nothing was sent that could be acknowledged.
                if (ack is not null) Take(ack);
                throw;
            }

            written = engine;
        }

        written.Flush();
        return written;
    }

    /// <summary>Sends what waited for the connection. Under the gate.</summary>
    private void SendBuffered(Connection connection)
    {
        foreach (var waiting in _sendBuffer)
        {
            NotifyOutgoing(waiting.Data);
            var error = TryAppend(connection.Engine, new Packet(PacketType.Event, Namespace, waiting.Data, waiting.AckId), waiting.IsCompressed);
            if (error is not null && waiting.AckId is { } id && _acks.TryGetValue(id, out var ack) && Take(ack)) ack.Fail(error);
        }

        if (_sendBuffer.Count > 0) FlushLater(connection.Engine);
        _sendBuffer.Clear();
    }

    private void Write(Connection connection, in Packet packet)
    {
        using var buffer = EncodeBuffer.Take();
        Append(connection.Engine, packet, buffer, isCompressed: true);
        FlushLater(connection.Engine);
    }

    // Writing is for when the gate is left.
    private static void FlushLater(EngineClient engine) => ThreadPool.UnsafeQueueUserWorkItem(static engine => ((EngineClient)engine!).Flush(), engine);

    private void Append(EngineClient engine, in Packet packet, EncodeBuffer buffer, bool isCompressed)
    {
        Manager.LogWriting(packet);
        var encoded = buffer.Encode(Manager.Parser, packet);
        engine.Append(encoded.First, encoded.Rest, isCompressed);
    }

    /// <summary>Appends what nobody is there to see fail: an exception of the parser, which may be the application's, is reported.</summary>
    /// <returns>That exception; null where all is well.</returns>
    private Exception? TryAppend(EngineClient engine, in Packet packet, bool isCompressed)
    {
        try
        {
            using var buffer = EncodeBuffer.Take();
            Append(engine, packet, buffer, isCompressed);
            return null;
        }
        catch (Exception error)
        {
            Manager.ReportLater(error, this);
            return error;
        }
    }

    // Under the gate, where user code must not run: through the dispatcher.
    private void NotifyOutgoing(Payload data)
    {
        if (Listeners?.AnyOutgoing is null) return;
        Manager.Dispatcher.Post(
            static (socket, data) =>
            {
                var self = (ClientSocket)socket;
                if (self.Listeners?.AnyOutgoing is { } outgoing) self.Observe(outgoing, (Payload)data!);
            },
            this,
            data);
    }

    private void Observe(ListenerGroup outgoing, Payload data)
    {
        var invocation = new EventInvocation(EventArguments.ForEvent(data.Copy(), Serializer), Ack.None, this);
        var handling = outgoing.InvokeAsync(invocation, this);
        // Errors go to OnListenerError.
        if (handling.IsCompleted) handling.GetAwaiter().GetResult();
        else _ = handling.AsTask();
    }

    // The application may change its arrays long before the event is sent.
    private static Payload Own(Payload payload)
    {
        if (!payload.HasAttachments) return payload.Copy();
        var attachments = payload.Attachments.ToArray();
        for (var i = 0; i < attachments.Length; i++) attachments[i] = attachments[i].ToArray();
        return new Payload(payload.Json.ToArray(), attachments);
    }

    private readonly struct BufferedPacket(Payload data, long? ackId, bool isCompressed)
    {
        public Payload Data { get; } = data;

        public long? AckId { get; } = ackId;

        public bool IsCompressed { get; } = isCompressed;
    }
}
