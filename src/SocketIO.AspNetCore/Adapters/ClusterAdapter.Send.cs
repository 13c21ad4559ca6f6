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
        string? offset = null;
        if (!options.Has(BroadcastFlags.Local))
        {
            var message = new BroadcastMessage(ServerId, Namespace.Name, packet.Data, options, packetId: packet.Id);
            offset = await TryPublishAsync(message, cancellationToken).ConfigureAwait(false);
        }

        await turn.Come.ConfigureAwait(false);
        await DeliverAsync(packet, options, offset, cancellationToken).ConfigureAwait(false);
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
    public override async ValueTask<FetchedSockets> FetchSocketsAsync(BroadcastOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var local = await base.FetchSocketsAsync(options, cancellationToken).ConfigureAwait(false);
        if (options.Has(BroadcastFlags.Local)) return local;
        var message = new FetchSocketsMessage(ServerId, Namespace.Name, options, ClusterId.Next());
        var (responses, silent) = await AskAsync(message, long.MaxValue, cancellationToken).ConfigureAwait(false);
        return new FetchedSockets([.. local, .. responses.SelectMany(static response => response.Sockets).Select(ToRemoteSocket)], silent);
    }

    /// <inheritdoc/>
    public override async ValueTask<SocketCount> CountSocketsAsync(
        BroadcastOptions options, int enough = int.MaxValue, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        var local = Count(options);
        if (options.Has(BroadcastFlags.Local) || local >= enough) return new SocketCount(local);
        var message = new FetchSocketsMessage(ServerId, Namespace.Name, options, ClusterId.Next(), countOnly: true);
        var (responses, silent) = await AskAsync(message, (long)enough - local, cancellationToken).ConfigureAwait(false);
        var count = (int)Math.Min(int.MaxValue, local + responses.Sum(static response => (long)response.Count));
        return new SocketCount(count, silent);
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
            request.TimeoutMessage,
            [.. answers.Select(answer => EventArguments.ForValue(answer, Namespace.Server.Serializer))],
            await NameAsync(request.Silence).ConfigureAwait(false));
    }

    /// <summary>Asks the other servers for their sockets, until there are enough of them.</summary>
    private async ValueTask<(IEnumerable<FetchSocketsResponse> Responses, IReadOnlyList<string> SilentServers)> AskAsync(
        FetchSocketsMessage message, long enough, CancellationToken cancellationToken)
    {
        var timeout = message.Options.Timeout ?? _requestTimeout;
        var (responses, silent) = await AskAsync(
            message, message.RequestId, ClusterMessageType.FetchSocketsResponse, timeout, enough, cancellationToken).ConfigureAwait(false);
        return (responses.Cast<FetchSocketsResponse>(), silent);
    }

    /// <summary>Asks the other servers for what they have, until it is enough. All of them are silent where there is no asking.</summary>
    private protected async ValueTask<(IReadOnlyList<ClusterResponse> Responses, IReadOnlyList<string> SilentServers)> AskAsync(
        ClusterMessage message, string requestId, ClusterMessageType responseType, TimeSpan timeout, long enough, CancellationToken cancellationToken)
    {
        ClusterRequest? request;
        try
        {
            request = await BeginRequestAsync(requestId, responseType, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            LogCountFailed(_log, exception, ServerId);
            return ([], await NameAsync(Silence.None with { Count = null }).ConfigureAwait(false));
        }

        if (request is null) return ([], []);
        request.Enough = enough;
        await IsAnsweredAsync(request, requestId, message, timeout, cancellationToken).ConfigureAwait(false);
        return (request.Responses, await NameAsync(request.Silence).ConfigureAwait(false));
    }

    private async Task<string?> TryPublishAsync(ClusterMessage message, CancellationToken cancellationToken)
    {
        LogSending(_log, ServerId, message.Type);
        try
        {
            // A store that hangs holds up this server's clients, and whatever is called meanwhile, no longer than that.
            var publication = PublishAsync(message, cancellationToken);
            return publication.IsCompleted
                ? await publication.ConfigureAwait(false)
                : await publication.AsTask().WaitAsync(_publishTimeout, TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ReportPublishFailed(exception, message);
            return null;
        }
    }

    /// <summary>Sends a request and waits for the answers.</summary>
    /// <returns>False where the time is up, or the request could not be sent.</returns>
    private async Task<bool> IsAnsweredAsync(
        ClusterRequest request, string requestId, ClusterMessage message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        try
        {
            _ = PublishAsync();
            return await request.Completion.WaitAsync(timeout, TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return false;
        }
        finally
        {
            _requests.TryRemove(requestId, out _);
        }

        async Task PublishAsync()
        {
            if (!await PublishInBackgroundAsync(message).ConfigureAwait(false)) request.GiveUp();
        }
    }
}
