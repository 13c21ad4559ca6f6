using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Internal;

/// <summary>One broadcast whose acknowledgements are awaited: complete when each server of the cluster has told how many sockets it reached, and so many have answered.</summary>
/// <remarks>Thread-safe: <c>_gate</c> guards the counts and the list, and nothing is called while it is held. The caller's continuation never runs on a reading thread. However
/// it ends, the adapter's token is cancelled, so that nothing waits for an acknowledgement any more.</remarks>
internal sealed partial class BroadcastAckOperation(PayloadSerializer serializer, ILogger log) : IBroadcastAckObserver
{
    private readonly object _gate = new();
    private readonly List<EventArguments> _responses = [];
    private readonly HashSet<string> _reported = new(StringComparer.Ordinal);

    // False: the time is up.
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _expectedServers = -1;
    private int _servers;
    private int _otherServers;
    private long _expectedClients;

    // The servers that never told how many sockets they reached.
    private Silence Silence
    {
        get
        {
            lock (_gate)
            {
                var reported = new HashSet<string>(_reported, StringComparer.Ordinal);
                return new Silence(_expectedServers < 0 ? null : Math.Max(0, _expectedServers - 1 - _otherServers), reported);
            }
        }
    }

    /// <summary>Sends the packet and waits.</summary>
    /// <param name="adapter">The adapter.</param>
    /// <param name="packet">The packet.</param>
    /// <param name="options">Whom it reaches; with a time limit.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<IReadOnlyList<EventArguments>> RunAsync(
        IAdapter adapter, Packet packet, BroadcastOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        using var operation = new CancellationTokenSource();
        using var timer = time.CreateTimer(
            static operation => ((BroadcastAckOperation)operation!).OnTimeout(), this, options.Timeout!.Value, Timeout.InfiniteTimeSpan);
        using var canceling = cancellationToken.UnsafeRegister(
            static (operation, token) => ((BroadcastAckOperation)operation!)._completion.TrySetCanceled(token), this);
        try
        {
            // An adapter that waits for its store need not hold up the time limit.
            _ = SendAsync(adapter, packet, options, operation.Token);
            if (await _completion.Task.ConfigureAwait(false))
            {
                lock (_gate) return [.. _responses];
            }
        }
        finally
        {
            await operation.CancelAsync().ConfigureAwait(false);
        }

        var silent = adapter is ClusterAdapter cluster && !options.Has(BroadcastFlags.Local) ? await cluster.NameAsync(Silence).ConfigureAwait(false) : [];
        lock (_gate) throw new BroadcastTimeoutException("operation has timed out", [.. _responses], silent);
    }

    public void OnClientCount(int clientCount, string serverId)
    {
        lock (_gate)
        {
            // A store may deliver twice.
            if (!_reported.Add(serverId) && serverId.Length > 0) return;
            _otherServers++;
        }

        OnClientCount(clientCount);
    }

    public void OnClientCount(int clientCount)
    {
        lock (_gate)
        {
            _servers++;
            _expectedClients += clientCount;
        }

        CompleteIfAllAnswered();
    }

    public void OnAck(Payload argument)
    {
        lock (_gate)
        {
            if (_completion.Task.IsCompleted) return;
            _responses.Add(EventArguments.ForValue(argument, serializer));
        }

        CompleteIfAllAnswered();
    }

    private async Task SendAsync(IAdapter adapter, Packet packet, BroadcastOptions options, CancellationToken operation)
    {
        var isSent = false;
        try
        {
            await adapter.BroadcastWithAckAsync(packet, options, this, operation).ConfigureAwait(false);
            isSent = true;
            var servers = options.Has(BroadcastFlags.Local) ? 1 : await adapter.GetServerCountAsync(operation).ConfigureAwait(false);
            lock (_gate) _expectedServers = servers;
            CompleteIfAllAnswered();
        }
        catch (Exception exception) when (isSent && adapter is ClusterAdapter)
        {
            // The store is away: the answers of this server's clients are to be had all the same, once the time is up.
            if (!operation.IsCancellationRequested) LogCountFailed(log, exception);
        }
        catch (Exception exception)
        {
            _completion.TrySetException(exception);
        }
    }

    private void CompleteIfAllAnswered()
    {
        int servers, expectedServers, clients;
        long expectedClients;
        bool isComplete;
        lock (_gate)
        {
            (servers, expectedServers, clients, expectedClients) = (_servers, _expectedServers, _responses.Count, _expectedClients);
            // More than expected: a server joined the cluster meanwhile.
            isComplete = expectedServers >= 0 && servers >= expectedServers && clients >= expectedClients;
        }

        LogResponses(log, servers, expectedServers, clients, expectedClients);
        if (isComplete) _completion.TrySetResult(true);
    }

    private void OnTimeout()
    {
        if (_completion.TrySetResult(false)) LogTimeout(log);
    }

    [LoggerMessage(1, LogLevel.Debug, "operation has timed out")]
    private static partial void LogTimeout(ILogger logger);

    [LoggerMessage(3, LogLevel.Warning, "the servers of the cluster cannot be counted")]
    private static partial void LogCountFailed(ILogger logger, Exception exception);

    [LoggerMessage(2, LogLevel.Debug, "responses: servers: {Servers} / {ExpectedServers} ; clients: {Clients} / {ExpectedClients}")]
    private static partial void LogResponses(ILogger logger, int servers, int expectedServers, int clients, long expectedClients);
}
