using StackExchange.Redis;

namespace SocketIO.Redis.Recovery;

/// <summary>The events of this server that are on their way through the store. They are delivered here when they come back, among those of other servers and in the one order that
/// all see: so the last offset of a client says that it has all before. What does not come back in time is delivered without an offset, and left out when it does come.</summary>
/// <remarks>Thread-safe: the lock guards the list, and is held for a few comparisons. Events come back in the order in which they were sent, but for those that got lost.</remarks>
internal sealed class OwnEntries
{
    // What has been given up is remembered for so many events.
    private const int MaxRemembered = 10_000;

    private readonly LinkedList<OwnEntry> _entries = new();

    /// <summary>How many are on their way, or remembered.</summary>
    public int Count
    {
        get
        {
            lock (_entries) return _entries.Count;
        }
    }

    /// <summary>Sends an event and waits until it has come back and has been delivered.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="send">Sends it.</param>
    /// <param name="timeout">How long that may take. After it, and after a failure, the event is left to the caller, and left out where it comes back after all.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The offset.</returns>
    public async Task<string> SendAsync(OwnEntry entry, Func<Task> send, TimeSpan timeout, TimeProvider time)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        try
        {
            await Add(entry, send).WaitAsync(patience.Token).ConfigureAwait(false);
            return await entry.Delivered.WaitAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            if (!TryGiveUp(entry, isLost: exception is RedisServerException)) return await entry.Delivered.ConfigureAwait(false);
            if (exception is OperationCanceledException) throw new TimeoutException("Redis did not take the event, or did not give it back, in time.");
            throw;
        }
    }

    /// <summary>An event of this server came back.</summary>
    /// <param name="data">What it says.</param>
    /// <returns>The event, to be delivered now unless it <see cref="OwnEntry.IsGivenUp"/>; null for one that was not added.</returns>
    public OwnEntry? Take(ReadOnlySpan<byte> data)
    {
        lock (_entries)
        {
            var node = _entries.First;
            while (node is not null && !node.Value.Data.Span.SequenceEqual(data)) node = node.Next;
            if (node is null) return null;
            // Those given up before it are not in the store.
            while (node.Previous is { Value.IsGivenUp: true } lost) _entries.Remove(lost);
            _entries.Remove(node);
            node.Value.IsTaken = !node.Value.IsGivenUp;
            return node.Value;
        }
    }

    // In one order with the sending.
    private Task Add(OwnEntry entry, Func<Task> send)
    {
        lock (_entries)
        {
            if (_entries.Count >= MaxRemembered && _entries.First!.Value.IsGivenUp) _entries.RemoveFirst();
            _entries.AddLast(entry);
            return send();
        }
    }

    // Unless it has come back at this moment.
    private bool TryGiveUp(OwnEntry entry, bool isLost)
    {
        lock (_entries)
        {
            if (entry.IsTaken) return false;
            if (isLost) _entries.Remove(entry);
            entry.IsGivenUp = true;
            return true;
        }
    }
}
