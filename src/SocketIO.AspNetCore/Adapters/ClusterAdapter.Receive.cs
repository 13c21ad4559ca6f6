using SocketIO.Cluster;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

// The way in: what other servers, and emitters, say. It is done to the sockets of this server, and never published again.
public abstract partial class ClusterAdapter
{
    /// <summary>A message came. One of this server itself, or of another namespace, is ignored.</summary>
    /// <param name="message">The message; its payloads must stay as they are.</param>
    /// <param name="offset">Its offset in the store; null where the store has none.</param>
    /// <returns>A task that completes, never with a failure, when it is done.</returns>
    protected virtual async ValueTask OnMessageAsync(ClusterMessage message, string? offset = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (!IsForMe(message)) return;
        LogReceived(_log, ServerId, message.Type, message.SenderId);
        if (message.Type == ClusterMessageType.AdapterClose) _seen.Remove(message.SenderId);
        else _seen.Add(message.SenderId);
        try
        {
            await HandleAsync(message, offset).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // Of an adapter's or a handler's making: the messages that follow are to come through.
            LogHandlingFailed(_log, exception, ServerId, message.Type, message.SenderId);
        }
    }

    /// <summary>An answer came. One that nobody waits for is ignored.</summary>
    /// <param name="response">The answer; its payloads must stay as they are. The sender is empty where the store's format does not tell it.</param>
    protected virtual void OnResponse(ClusterResponse response)
    {
        ArgumentNullException.ThrowIfNull(response);
        LogReceivedResponse(_log, ServerId, response.Type, response.RequestId);
        if (IsForMe(response)) _seen.Add(response.SenderId);
        switch (response)
        {
            case ClientCountResponse count when _broadcasts.TryGetValue(count.RequestId, out var observer):
                observer.OnClientCount(count.ClientCount, count.SenderId);
                break;
            case BroadcastAckResponse ack when _broadcasts.TryGetValue(ack.RequestId, out var observer):
                observer.OnAck(ack.Argument);
                break;
            default:
                if (_requests.TryGetValue(response.RequestId, out var request)) request.Add(response);
                break;
        }
    }

    private protected bool IsForMe(ClusterMessage message) => message.SenderId != ServerId && message.Namespace == Namespace.Name;

    private ValueTask HandleAsync(ClusterMessage message, string? offset)
    {
        switch (message)
        {
            case BroadcastMessage { RequestId: { } requestId } broadcast:
                var acks = new RemoteAcks(this, broadcast.SenderId, requestId, broadcast.Options.Timeout ?? _requestTimeout);
                return base.BroadcastWithAckAsync(new Packet(PacketType.Event, Namespace.Name, broadcast.Data), broadcast.Options, acks, acks.Operation);
            case BroadcastMessage broadcast:
                var packet = new Packet(PacketType.Event, Namespace.Name, broadcast.Data, broadcast.PacketId);
                return DeliverAsync(packet, broadcast.Options, offset);
            case RoomsMessage { Type: ClusterMessageType.SocketsJoin } join:
                return base.AddSocketsAsync(join.Options, join.Rooms);
            case RoomsMessage leave:
                return base.RemoveSocketsAsync(leave.Options, leave.Rooms);
            case DisconnectSocketsMessage disconnect:
                return base.DisconnectSocketsAsync(disconnect.Options, disconnect.Close);
            case FetchSocketsMessage { CountOnly: true } count:
                Respond(count.SenderId, new FetchSocketsResponse(ServerId, Namespace.Name, count.RequestId, [], Count(count.Options)));
                return default;
            case FetchSocketsMessage fetch:
                var records = Select(fetch.Options).Select(ToRecord);
                Respond(fetch.SenderId, new FetchSocketsResponse(ServerId, Namespace.Name, fetch.RequestId, [.. records]));
                return default;
            case ServerSideEmitMessage { RequestId: { } requestId } emit:
                Namespace.ServerSide.Receive(emit.Data, answer =>
                {
                    Respond(emit.SenderId, new ServerSideEmitResponse(ServerId, Namespace.Name, requestId, answer));
                    return default;
                });
                return default;
            case ServerSideEmitMessage emit:
                Namespace.ServerSide.Receive(emit.Data);
                return default;
            case ClusterResponse response:
                OnResponse(response);
                return default;
            default:
                return default;
        }
    }

    /// <summary>Describes a socket of this server to others.</summary>
    /// <param name="socket">The socket.</param>
    protected SocketRecord ToRecord(ServerSocket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        var serializer = Namespace.Server.Serializer;
        Payload data;
        try
        {
            data = serializer.SerializeMembers(socket.Data);
        }
        catch (Exception exception)
        {
            // Data that cannot be sent must not keep the others from being found.
            LogDataFailed(_log, exception, ServerId, socket.Id);
            data = serializer.SerializeMembers([]);
        }

        return new SocketRecord(socket.Id, HandshakeRecord.Write(socket.Handshake, serializer), [.. socket.Rooms], data);
    }

    private protected void Respond(string requesterId, ClusterResponse response)
    {
        LogResponding(_log, ServerId, response.Type, requesterId);
        _ = RespondAsync();

        async Task RespondAsync()
        {
            try
            {
                await PublishResponseAsync(requesterId, response).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                ReportPublishFailed(exception, response);
            }
        }
    }

    /// <summary>Passes on what this server's sockets answer to a broadcast of another server's, until all have answered or its time is up.</summary>
    private sealed class RemoteAcks : IBroadcastAckObserver, IDisposable
    {
        private readonly ClusterAdapter _adapter;
        private readonly string _requesterId;
        private readonly string _requestId;
        private readonly CancellationTokenSource _operation;
        private int _pending;

        public RemoteAcks(ClusterAdapter adapter, string requesterId, string requestId, TimeSpan timeout)
        {
            _adapter = adapter;
            _requesterId = requesterId;
            _requestId = requestId;
            _operation = new CancellationTokenSource(timeout, adapter.TimeProvider);
            Operation = _operation.Token;
        }

        public CancellationToken Operation { get; }

        public void OnClientCount(int clientCount)
        {
            _adapter.Respond(_requesterId, new ClientCountResponse(_adapter.ServerId, _adapter.Namespace.Name, _requestId, clientCount));
            Settle(clientCount);
        }

        public void OnAck(Payload argument)
        {
            _adapter.Respond(_requesterId, new BroadcastAckResponse(_adapter.ServerId, _adapter.Namespace.Name, _requestId, argument));
            Settle(-1);
        }

        public void Dispose() => _operation.Dispose();

        // An acknowledgement may be counted before the number of sockets is.
        private void Settle(int change)
        {
            if (Interlocked.Add(ref _pending, change) == 0) Dispose();
        }
    }
}
