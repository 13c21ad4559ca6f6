namespace SocketIO.Events;

/// <summary>One registration of a listener, and the subscription that removes it.</summary>
internal sealed class ListenerRegistration(
    ListenerTable table, ListenerList list, ListenerName name, EventListener listener, bool once)
    : IDisposable
{
    private int _isSpent;

    internal EventListener Listener { get; } = listener;

    internal bool Once { get; } = once;

    internal ListenerName Name { get; } = name;

    internal ListenerList List { get; } = list;

    public void Dispose() => table.Remove(this);

    /// <summary>Whether the listener is to be called now: always, or the first time.</summary>
    internal bool TryEnter()
    {
        if (!Once) return true;
        if (Interlocked.Exchange(ref _isSpent, 1) != 0) return false;
        table.Remove(this);
        return true;
    }
}
