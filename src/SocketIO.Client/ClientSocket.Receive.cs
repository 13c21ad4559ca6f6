using System.Text.Json;
using SocketIO.Client.Internal;
using SocketIO.Events;
using SocketIO.Parsing;

namespace SocketIO.Client;

// A packet of this namespace: reading thread -> EventQueue -> dispatcher -> handlers. Acknowledgements pass the queue by.
public sealed partial class ClientSocket
{
    private readonly List<EventInvocation> _early = [];
    private long _earlyBytes;
    private int _earlyDropped;

    /// <summary>A packet came. Under the gate.</summary>
    /// <returns>A task that completes when the next message may be read.</returns>
    internal ValueTask Receive(Connection connection, in Packet packet)
    {
        if (!_isActive)
        {
            // Given up while it was asked for: the server would go on thinking that somebody is here.
            if (packet.Type == PacketType.Connect && _requested == connection)
            {
                _requested = null;
                SayGoodbye(connection);
            }

            return default;
        }

        switch (packet.Type)
        {
            case PacketType.Connect:
                ReceiveConnect(connection, packet.Data);
                break;
            case PacketType.Event:
                return ReceiveEvent(packet);
            case PacketType.Ack:
                ReceiveAck(packet);
                break;
            case PacketType.Disconnect:
                OnServerDisconnect();
                break;
            case PacketType.ConnectError:
                var (message, data) = ConnectPayload.ReadRefusal(packet.Data);
                OnRefused(new SocketConnectException(message, data, Serializer));
                break;
        }

        return default;
    }

    /// <summary>Calls whom an event is for.</summary>
    /// <returns>A task that completes, never with a failure, when they have.</returns>
    internal ValueTask HandleEventAsync(in EventInvocation invocation)
    {
        if (Listeners is not { } listeners) return default;
        return listeners.Any is { } any
            ? HandleAllAsync(any, invocation)
            : listeners.Find(invocation.Arguments)?.InvokeAsync(invocation, this) ?? default;
    }

    private async ValueTask HandleAllAsync(ListenerGroup any, EventInvocation invocation)
    {
        await any.InvokeAsync(invocation, this).ConfigureAwait(false);
        if (Listeners?.Find(invocation.Arguments) is { } group) await group.InvokeAsync(invocation, this).ConfigureAwait(false);
    }

    private void ReceiveConnect(Connection connection, Payload data)
    {
        // A second grant would be another socket's.
        if (Connected) return;
        if (ConnectPayload.TryReadGrant(data, out var id, out var privateId))
        {
            OnGranted(connection, id, privateId);
        }
        else if (IsV3)
        {
            OnGranted(connection, Namespace == SocketProtocol.MainNamespace ? connection.Engine.Id! : $"{Namespace}#{connection.Engine.Id}", privateId: null);
        }
        else
        {
            _requested = null;
            var error = new SocketConnectException(
                ConnectErrorKind.Protocol,
                "It seems you are trying to reach a Socket.IO server in v2.x with a v3.x client, but they are not compatible (more information here: https://socket.io/docs/v3/migrating-from-2-x-to-3-0/)");
            OnConnectionError(error);
            FailConnect(error);
        }
    }

    private ValueTask ReceiveEvent(in Packet packet)
    {
        LogEmittingEvent(_log, packet.Data);
        if (packet.Id is not null) LogAttachingAck(_log);
        var target = (IAckTarget?)_grant ?? new LateAckTarget(this);
        var ack = packet.Id is { } id ? new Ack(target, id) : Ack.None;
        var invocation = new EventInvocation(EventArguments.ForEvent(packet.Data, Serializer), ack, this).Detach();
        // What is dropped has not been received.
        if (!Connected && !TryKeepEarly(invocation)) return default;
        // An event that wants an acknowledgement has no offset, its last argument is the application's.
        if (_privateId is not null && packet.Id is null && ReadOffset(invocation.Arguments) is { } offset) _lastOffset = offset;
        return Connected ? _events.Add(invocation) : default;
    }

    // Of a server that never grants, no more is kept than may wait; and nothing behind a gap.
    private bool TryKeepEarly(in EventInvocation invocation)
    {
        var size = EventQueue.SizeOf(invocation);
        if (_earlyDropped == 0 && _early.Count < Manager.Options.MaxQueuedEvents && _earlyBytes + size <= Manager.Options.MaxQueuedEventBytes)
        {
            _early.Add(invocation);
            _earlyBytes += size;
            return true;
        }

        if (_earlyDropped++ == 0) LogEarlyFull(_log, Namespace, _early.Count, _earlyBytes);
        return false;
    }

    private void DeliverEarly()
    {
        foreach (var invocation in _early) _ = _events.Add(invocation).AsTask();
        ForgetEarly();
    }

    private void ForgetEarly()
    {
        if (_earlyDropped > 0) LogEarlyDropped(_log, Namespace, _earlyDropped);
        _early.Clear();
        _earlyBytes = 0;
        _earlyDropped = 0;
    }

    // The last argument, where it is a string (https://socket.io/docs/v4/connection-state-recovery).
    private static string? ReadOffset(in EventArguments arguments)
    {
        var reader = arguments.GetReader();
        ReadOnlyMemory<byte> last = default;
        while (reader.TrySkip(out var value)) last = value;
        if (last.Length < 2 || last.Span[0] != (byte)'"') return null;
        var json = new Utf8JsonReader(last.Span);
        return json.Read() ? json.GetString() : null;
    }

    /// <summary>Acknowledges an event that came before the grant.</summary>
    private sealed class LateAckTarget(ClientSocket socket) : IAckTarget
    {
        public ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default) =>
            socket._grant is { } grant ? socket.SendAckAsync(grant, id, arguments, cancellationToken) : default;
    }
}
