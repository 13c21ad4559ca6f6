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
    private readonly ConcurrentDictionary<string, IBroadcastAckObserver> _broadcasts = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ClusterRequest> _requests = new(StringComparer.Ordinal);
    private readonly TimeSpan _requestTimeout;
    private readonly ILogger _log;
    private long _malformed;

    /// <summary>Makes the adapter of a namespace.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="options">Its options; null for the defaults.</param>
    protected ClusterAdapter(ServerNamespace ns, ClusterAdapterOptions? options = null)
        : base(ns)
    {
        _requestTimeout = options?.RequestTimeout ?? new ClusterAdapterOptions().RequestTimeout;
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_requestTimeout, TimeSpan.Zero, nameof(ClusterAdapterOptions.RequestTimeout));
        _log = Namespace.Server.Loggers.Adapter;
        TimeProvider = Namespace.Server.TimeProvider;
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

    /// <summary>The packet as it is sent to clients once its message has an offset. By default it stays as it is; an adapter that restores sessions appends the offset to the
    /// arguments of events that it stores.</summary>
    /// <param name="packet">The packet.</param>
    /// <param name="options">Whom it reaches.</param>
    /// <param name="offset">What <see cref="PublishAsync"/> gave, here or on the server that sent the message; null for none.</param>
    protected virtual Packet WithOffset(Packet packet, BroadcastOptions options, string? offset) => packet;

    /// <summary>Counts and logs a message that is none, and is dropped.</summary>
    /// <param name="error">What is wrong with it, without content.</param>
    protected void ReportMalformed(string error)
    {
        Interlocked.Increment(ref _malformed);
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
    private protected virtual async Task PublishInBackgroundAsync(ClusterMessage message)
    {
        LogSending(_log, ServerId, message.Type);
        try
        {
            await PublishAsync(message).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogPublishFailed(_log, exception, ServerId, message.Type);
        }
    }
}
