using System.Text.Json;

namespace TestKit;

/// <summary>What a server reported, in order; a test takes from it what it waits for.</summary>
public sealed class EventLog
{
    private readonly Lock _lock = new();
    private readonly List<Entry> _entries = [];
    private readonly List<Waiter> _waiters = [];
    private Exception? _end;

    /// <summary>All of it, taken or not.</summary>
    public IReadOnlyList<JsonElement> All
    {
        get
        {
            lock (_lock) return [.. _entries.Select(entry => entry.Data)];
        }
    }

    /// <summary>Adds an event, with its name under <c>event</c>.</summary>
    public void Add(string name, object data)
    {
        var entry = new Entry(name, data is JsonElement element ? element : JsonSerializer.SerializeToElement(data, JsonSerializerOptions.Web));
        lock (_lock)
        {
            _entries.Add(entry);
            if (_waiters.FirstOrDefault(waiter => waiter.Wants(entry)) is not { } first) return;
            _waiters.Remove(first);
            entry.IsTaken = true;
            first.Found.TrySetResult(entry.Data);
        }
    }

    /// <summary>The first event of a name, and of which <paramref name="match"/> holds, that nobody has taken yet.</summary>
    public async Task<JsonElement> TakeAsync(string name, Func<JsonElement, bool>? match = null, TimeSpan? limit = null)
    {
        var waiter = new Waiter(name, match);
        lock (_lock)
        {
            if (_entries.FirstOrDefault(entry => !entry.IsTaken && waiter.Wants(entry)) is { } entry)
            {
                entry.IsTaken = true;
                return entry.Data;
            }

            if (_end is not null) throw _end;
            _waiters.Add(waiter);
        }

        try
        {
            return await waiter.Found.Task.WithDeadline(limit: limit).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"Waited in vain for the event \"{name}\" among [{string.Join(", ", All)}].");
        }
    }

    /// <summary>No more events: who waits, and who will, gets the error.</summary>
    public void Fail(Exception error)
    {
        lock (_lock)
        {
            _end = error;
            _waiters.ForEach(waiter => waiter.Found.TrySetException(error));
            _waiters.Clear();
        }
    }

    private sealed record Entry(string Name, JsonElement Data)
    {
        public bool IsTaken { get; set; }
    }

    private sealed record Waiter(string Name, Func<JsonElement, bool>? Match)
    {
        public TaskCompletionSource<JsonElement> Found { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public bool Wants(Entry entry) => entry.Name == Name && (Match is null || Match(entry.Data));
    }
}
