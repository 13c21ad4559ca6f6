namespace SocketIO.Events;

/// <summary>Handlers in the order of their registration. Thread-safe: a change makes a new array, a reader takes the array as it is.</summary>
internal sealed class HandlerList<T>
    where T : class
{
    private volatile Entry[] _entries = [];

    public ReadOnlySpan<Entry> Entries => _entries;

    public Entry[] Snapshot() => _entries;

    public bool IsEmpty => _entries.Length == 0;

    public IDisposable Add(T handler, bool prepend = false)
    {
        var entry = new Entry(this, handler ?? throw new ArgumentNullException(nameof(handler)));
        lock (this) _entries = prepend ? [entry, .. _entries] : [.. _entries, entry];
        return entry;
    }

    public void Clear()
    {
        lock (this) _entries = [];
    }

    /// <summary>A list with the handlers of this moment.</summary>
    public HandlerList<T> Copy()
    {
        var copy = new HandlerList<T>();
        copy._entries = Array.ConvertAll(_entries, entry => new Entry(copy, entry.Handler));
        return copy;
    }

    private void Remove(Entry entry)
    {
        lock (this) _entries = [.. _entries.Where(other => other != entry)];
    }

    internal sealed class Entry(HandlerList<T> list, T handler) : IDisposable
    {
        public T Handler { get; } = handler;

        public void Dispose() => list.Remove(this);
    }
}
