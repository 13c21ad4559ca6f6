using SocketIO.Cluster;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

// The way out: what this server's application does, in the order in which it was called: each call is published at once, and done here when those before it are.
public abstract partial class ClusterAdapter
{
    private readonly CallOrder _order = new();

    /// <inheritdoc/>
    public override async ValueTask BroadcastAsync(Packet packet, BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        packet = new Packet(packet.Type, packet.Namespace, packet.Data.Copy(), packet.Id);
        using var turn = _order.Take();
        if (!options.Has(BroadcastFlags.Local))
        {
            var message = new BroadcastMessage(ServerId, Namespace.Name, packet.Data, options, packetId: packet.Id);
            var (isPublished, offset) = await TryPublishAsync(message, cancellationToken).ConfigureAwait(false);
            if (isPublished) packet = WithOffset(packet, options, offset);
        }

        await turn.Come.ConfigureAwait(false);
        await base.BroadcastAsync(packet, options, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask BroadcastWithAckAsync(
        Packet packet, BroadcastOptions options, IBroadcastAckObserver observer, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var turn = _order.Take();
        if (!options.Has(BroadcastFlags.Local))
        {
            var requestId = ClusterId.Next();
            _broadcasts[requestId] = observer;
            cancellationToken.UnsafeRegister(
                static state =>
                {
                    var (adapter, id) = ((ClusterAdapter, string))state!;
                    adapter._broadcasts.TryRemove(id, out _);
                },
                (this, requestId));
            _ = PublishInBackgroundAsync(new BroadcastMessage(ServerId, Namespace.Name, packet.Data, options, requestId));
        }

        await turn.Come.ConfigureAwait(false);
        await base.BroadcastWithAckAsync(packet, options, observer, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask AddSocketsAsync(
        BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var turn = _order.Take();
        if (!options.Has(BroadcastFlags.Local))
        {
            var message = new RoomsMessage(ClusterMessageType.SocketsJoin, ServerId, Namespace.Name, options, rooms);
            await TryPublishAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await turn.Come.ConfigureAwait(false);
        await base.AddSocketsAsync(options, rooms, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask RemoveSocketsAsync(
        BroadcastOptions options, IReadOnlyCollection<string> rooms, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var turn = _order.Take();
        if (!options.Has(BroadcastFlags.Local))
        {
            var message = new RoomsMessage(ClusterMessageType.SocketsLeave, ServerId, Namespace.Name, options, rooms);
            await TryPublishAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await turn.Come.ConfigureAwait(false);
        await base.RemoveSocketsAsync(options, rooms, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask DisconnectSocketsAsync(BroadcastOptions options, bool close, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        using var turn = _order.Take();
        if (!options.Has(BroadcastFlags.Local))
            await TryPublishAsync(new DisconnectSocketsMessage(ServerId, Namespace.Name, options, close), cancellationToken).ConfigureAwait(false);
        await turn.Come.ConfigureAwait(false);
        await base.DisconnectSocketsAsync(options, close, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<IRemoteSocket>> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var local = await base.FetchSocketsAsync(options, cancellationToken).ConfigureAwait(false);
        if (options.Has(BroadcastFlags.Local)) return local;
        var requestId = ClusterId.Next();
        var request = await BeginRequestAsync(requestId, ClusterMessageType.FetchSocketsResponse, cancellationToken).ConfigureAwait(false);
        if (request is null) return local;
        var message = new FetchSocketsMessage(ServerId, Namespace.Name, options, requestId);
        if (!await IsAnsweredAsync(request, requestId, message, options.Timeout ?? _requestTimeout, cancellationToken).ConfigureAwait(false))
            throw new TimeoutException(request.TimeoutMessage);
        return [.. local, .. request.Responses.SelectMany(response => ((FetchSocketsResponse)response).Sockets).Select(ToRemoteSocket)];
    }

    /// <inheritdoc/>
    public override async ValueTask ServerSideEmitAsync(Payload data, CancellationToken cancellationToken = default) =>
        await PublishInBackgroundAsync(new ServerSideEmitMessage(ServerId, Namespace.Name, data)).WaitAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<Payload>> ServerSideEmitWithAckAsync(Payload data, CancellationToken cancellationToken = default)
    {
        var requestId = ClusterId.Next();
        var request = await BeginRequestAsync(requestId, ClusterMessageType.ServerSideEmitResponse, cancellationToken).ConfigureAwait(false);
        if (request is null) return [];
        var message = new ServerSideEmitMessage(ServerId, Namespace.Name, data, requestId);
        var isAnswered = await IsAnsweredAsync(request, requestId, message, _requestTimeout, cancellationToken).ConfigureAwait(false);
        var answers = request.Responses.Select(response => ((ServerSideEmitResponse)response).Answer);
        if (isAnswered) return [.. answers];
        throw new BroadcastTimeoutException(
            request.TimeoutMessage, [.. answers.Select(answer => EventArguments.ForValue(answer, Namespace.Server.Serializer))]);
    }

    private async Task<(bool IsPublished, string? Offset)> TryPublishAsync(ClusterMessage message, CancellationToken cancellationToken)
    {
        LogSending(_log, ServerId, message.Type);
        try
        {
            return (true, await PublishAsync(message, cancellationToken).ConfigureAwait(false));
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogPublishFailed(_log, exception, ServerId, message.Type);
            return default;
        }
    }

    /// <summary>Sends a request and waits for the answers.</summary>
    /// <returns>False where the time is up.</returns>
    private async Task<bool> IsAnsweredAsync(
        ClusterRequest request, string requestId, ClusterMessage message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            _ = PublishInBackgroundAsync(message);
            await request.Completion.WaitAsync(timeout, TimeProvider, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _requests.TryRemove(requestId, out _);
        }
    }
}
