using System.Diagnostics.CodeAnalysis;

namespace SocketIO.AspNetCore.Internal;

/// <summary>The acknowledgements that one socket owes.</summary>
/// <remarks>Thread-safe. The dictionary is its own lock, and handlers are called outside of it: an id that was taken out is gone, so that the acknowledgement, its timeout,
/// its cancellation and the end of the socket can't complete one handler twice.</remarks>
internal sealed class AckRegistry
{
    private readonly Dictionary<long, AckHandler> _handlers = [];
    private string? _closeReason;

    /// <summary>Adds a handler, or tells it at once that the socket is gone.</summary>
    public bool Add(long id, AckHandler handler)
    {
        lock (_handlers)
        {
            if (_closeReason is null)
            {
                _handlers.Add(id, handler);
                return true;
            }
        }

        handler.OnDisconnected(_closeReason);
        return false;
    }

    public bool TryTake(long id, [NotNullWhen(true)] out AckHandler? handler)
    {
        lock (_handlers) return _handlers.Remove(id, out handler);
    }

    public int Count
    {
        get
        {
            lock (_handlers) return _handlers.Count;
        }
    }

    /// <summary>Ends all that wait, and those that are added later.</summary>
    /// <returns>How many waited.</returns>
    public int Close(string reason)
    {
        AckHandler[] handlers;
        lock (_handlers)
        {
            _closeReason = reason;
            handlers = [.. _handlers.Values];
            _handlers.Clear();
        }

        foreach (var handler in handlers) handler.OnDisconnected(reason);
        return handlers.Length;
    }
}
