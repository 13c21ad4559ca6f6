using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SocketIO.Cluster;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>The base of adapters that pass messages between the servers of a cluster. A derived class sends what <see cref="PublishAsync"/> and
/// <see cref="PublishResponseAsync"/> are given, and hands what comes to <see cref="OnMessageAsync"/> or <see cref="OnResponse"/>.</summary>
/// <remarks>
/// <para>What is done to sockets of all servers is published first and then done here. A message that cannot be published is logged, and done here all the same.</para>
/// <para>Thread-safe: pending requests are in concurrent dictionaries; there is no lock. Messages are to be handed over one at a time, so that they keep their order.</para>
/// <para>Source: https://socket.io/docs/v4/adapter/.</para>
/// </remarks>
public abstract partial class ClusterAdapter : InMemoryAdapter
{
    // What every timer takes.
    private protected static readonly TimeSpan LongestTime = TimeSpan.FromMilliseconds(int.MaxValue);

    private readonly ConcurrentDictionary<string, IBroadcastAckObserver> _broadcasts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ClusterRequest> _requests = new(StringComparer.Ordinal);
    private readonly TimeSpan _requestTimeout;
    private readonly TimeSpan _publishTimeout;
    private readonly ILogger _log;
    private long _malformed;

    /// <summary>Makes the adapter of a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time limit of requests is not positive, or longer than 24 days.</exception>
    protected ClusterAdapter(ServerNamespace ns, ClusterAdapterOptions? options = null)
        : base(ns)
    {
        options ??= new ClusterAdapterOptions();
        (_requestTimeout, _publishTimeout) = (options.RequestTimeout, options.PublishTimeout);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_requestTimeout, TimeSpan.Zero, nameof(ClusterAdapterOptions.RequestTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_requestTimeout, LongestTime, nameof(ClusterAdapterOptions.RequestTimeout));
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_publishTimeout, TimeSpan.Zero, nameof(ClusterAdapterOptions.PublishTimeout));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(_publishTimeout, LongestTime, nameof(ClusterAdapterOptions.PublishTimeout));
        _log = Namespace.Server.Loggers.Adapter;
        TimeProvider = Namespace.Server.TimeProvider;
        _seen = new SeenServers(TimeProvider);
    }

    /// <summary>Names this server, in this namespace, to the others (<c>uid</c>).</summary>
    public string ServerId { get; } = ClusterId.Next();

    /// <summary>How many messages came that were none: see <see cref="ReportMalformed"/>.</summary>
    public long MalformedMessageCount => Interlocked.Read(ref _malformed);

    /// <summary>The clock.</summary>
    protected TimeProvider TimeProvider { get; }

    /// <summary>How many operations of this server wait for others at this moment.</summary>
    public int PendingOperations => _requests.Count + _broadcasts.Count;

    private protected IEnumerable<ClusterRequest> PendingRequests => _requests.Values;

    /// <summary>Sends a message to all servers.</summary>
    /// <param name="message">The message.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>The offset of the message in the store; null where the store has none.</returns>
    protected abstract ValueTask<string?> PublishAsync(ClusterMessage message, CancellationToken cancellationToken = default);

    /// <summary>Sends an answer to the server that asked. It may reach others, too.</summary>
    /// <param name="requesterId">The <see cref="ServerId"/> of who asked.</param>
    /// <param name="response">The answer.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected abstract ValueTask PublishResponseAsync(string requesterId, ClusterResponse response, CancellationToken cancellationToken = default);

    /// <summary>Whether sessions that miss an event can be given it later: recovery is on, and it is a plain event, neither volatile nor to be acknowledged.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="options">Whom it reaches, and how.</param>
    protected bool IsRecoverable(Packet packet, BroadcastOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        return Namespace.Recovers && packet.Type == PacketType.Event && packet.Id is null && !options.Has(BroadcastFlags.Volatile);
    }

    /// <summary>Delivers an event, of this server or another one, to the matching sockets of this server: with its offset as last argument where it has one and
    /// <see cref="IsRecoverable"/>. A store that orders events delivers them itself (<see cref="InMemoryAdapter.Deliver"/>), in the order of their offsets.</summary>
    /// <param name="packet">The event.</param>
    /// <param name="options">Whom it reaches.</param>
    /// <param name="offset">What <see cref="PublishAsync"/> gave, here or on the server that sent the message; null for none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    protected virtual ValueTask DeliverAsync(Packet packet, BroadcastOptions options, string? offset, CancellationToken cancellationToken = default)
    {
        if (offset is null || !IsRecoverable(packet, options)) return base.BroadcastAsync(packet, options, cancellationToken);
        Deliver(packet, options, offset);
        return default;
    }

    /// <summary>Counts and logs a message that is none, and is dropped.</summary>
    /// <param name="error">What is wrong with it, without content.</param>
    protected void ReportMalformed(string error)
    {
        Interlocked.Increment(ref _malformed);
        Namespace.Server.Metrics.MalformedMessage(Namespace);
        LogMalformed(_log, ServerId, error);
    }

    // Makes and registers a request; null where there is no other server.
    private protected virtual async ValueTask<ClusterRequest?> BeginRequestAsync(
        string requestId, ClusterMessageType responseType, CancellationToken cancellationToken)
    {
        var others = await GetServerCountAsync(cancellationToken).ConfigureAwait(false) - 1;
        return others <= 0 ? null : Register(requestId, new ClusterRequest(responseType, others));
    }

    private protected ClusterRequest Register(string requestId, ClusterRequest request) => _requests[requestId] = request;

    /// <summary>Publishes what nobody waits for.</summary>
    /// <returns>False where it could not be published.</returns>
    private protected virtual async Task<bool> PublishInBackgroundAsync(ClusterMessage message)
    {
        LogSending(_log, ServerId, message.Type);
        try
        {
            await PublishAsync(message).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception)
        {
            ReportPublishFailed(exception, message);
            return false;
        }
    }

    private void ReportPublishFailed(Exception exception, ClusterMessage message)
    {
        Namespace.Server.Metrics.PublishFailed(Namespace);
        LogPublishFailed(_log, exception, ServerId, message.Type);
    }
}
