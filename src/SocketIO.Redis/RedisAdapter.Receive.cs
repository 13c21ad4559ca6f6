using SocketIO.AspNetCore;
using SocketIO.Cluster;
using SocketIO.Redis.Classic;
using StackExchange.Redis;

namespace SocketIO.Redis;

public sealed partial class RedisAdapter
{
    // Requests come by the pattern; this subscription is there to be counted.
    private protected override ValueTask OnCommonMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message) => default;

    private protected override ValueTask OnOwnMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        OnResponseMessage(message);
        return default;
    }

    private ValueTask OnMessageAsync(RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        ReadOnlySpan<byte> name = (byte[])channel!;
        if (_channels.IsBroadcast(name, out var room))
        {
            var isForSomebody = room.Length == 0 || HasMembers(room);
            if (TryReceiveLogged(message, isForSomebody, out var handling)) return handling;
            return isForSomebody && !message.Span.StartsWith(_ownBroadcastHead) && ReadMessage(message) is { } broadcast ? OnMessageAsync(broadcast) : default;
        }

        if (_channels.IsRequest(name)) return OnRequestAsync(message);
        if (_channels.IsResponse(name)) OnResponseMessage(message);
        return default;
    }

    private protected override ClusterMessage? ReadMessage(ReadOnlyMemory<byte> message)
    {
        if (ClassicCodec.TryReadBroadcast(message, out var broadcast, out var error)) return broadcast;
        ReportMalformed(error);
        return null;
    }

    private ValueTask OnRequestAsync(ReadOnlyMemory<byte> message)
    {
        if (!ClassicCodec.TryReadRequest(message, Namespace.Name, out var request, out var error)) ReportMalformed(error);
        else if (request is not ClassicRequest ofItsOwn) return OnMessageAsync(request);
        else if (request.SenderId != ServerId) return AnswerAsync(ofItsOwn);
        return default;
    }

    private void OnResponseMessage(ReadOnlyMemory<byte> message)
    {
        if (!ClassicCodec.TryReadResponse(message, Namespace.Name, out var response, out var error))
        {
            ReportMalformed(error);
            return;
        }

        OnResponse(response);
        // With nothing in it, it counts for whatever was asked.
        if (response is ClassicResponse { Request: ClassicRequestType.RemoteFetch })
            OnResponse(new FetchSocketsResponse(response.SenderId, response.Namespace, response.RequestId, []));
    }

    private async ValueTask AnswerAsync(ClassicRequest request)
    {
        IReadOnlyCollection<string> found = [];
        switch (request.Request)
        {
            case ClassicRequestType.Sockets:
                found = await GetSocketIdsAsync(new BroadcastOptions(request.Rooms, [], BroadcastFlags.Local)).ConfigureAwait(false);
                break;
            case ClassicRequestType.AllRooms:
                found = Rooms;
                break;
            default:
                if (!Namespace.Sockets.TryGetValue(request.SocketId!, out var socket)) return;
                await DoAsync(request, socket).ConfigureAwait(false);
                break;
        }

        if (request.RequestId is { } requestId)
            Respond(request.SenderId, new ClassicResponse(request.Request, ServerId, Namespace.Name, requestId, found));
    }

    private static ValueTask DoAsync(ClassicRequest request, ServerSocket socket) => request.Request switch
    {
        ClassicRequestType.RemoteDisconnect => socket.DisconnectAsync(request.Close),
        _ when request.Room is null => default,
        ClassicRequestType.RemoteJoin => socket.JoinAsync(request.Room),
        _ => socket.LeaveAsync(request.Room),
    };
}
