namespace SocketIO.AspNetCore.Adapters;

/// <summary>A set of strings that costs one small array while it is small, as most rooms and most sockets' lists of rooms are. Not thread-safe.</summary>
internal sealed class CompactSet
{
    private const int MaxLinear = 8;

    private string[] _items = new string[1];
    private HashSet<string>? _large;
    private string[]? _snapshot;

    public int Count { get; private set; }

    public bool Add(string item)
    {
        if (_large is not null)
        {
            if (!_large.Add(item)) return false;
        }
        else
        {
            if (Array.IndexOf(_items, item, 0, Count) >= 0) return false;
            if (Count == MaxLinear)
            {
                _large = new HashSet<string>(_items, StringComparer.Ordinal) { item };
                _items = [];
            }
            else
            {
                if (Count == _items.Length) Array.Resize(ref _items, Math.Min(Count * 2, MaxLinear));
                _items[Count] = item;
            }
        }

        Count++;
        _snapshot = null;
        return true;
    }

    public bool Remove(string item)
    {
        if (_large is not null)
        {
            if (!_large.Remove(item)) return false;
            Count--;
        }
        else
        {
            var index = Array.IndexOf(_items, item, 0, Count);
            if (index < 0) return false;
            Count--;
            // The order of joining is kept.
            Array.Copy(_items, index + 1, _items, index, Count - index);
            _items[Count] = null!;
        }

        _snapshot = null;
        return true;
    }

    public bool Contains(string item) => _large?.Contains(item) ?? Array.IndexOf(_items, item, 0, Count) >= 0;

    /// <summary>The items at this moment: an array that never changes, made once per change of the set.</summary>
    public string[] Snapshot()
    {
        if (_snapshot is not null) return _snapshot;
        if (_large is not null)
        {
            _snapshot = new string[Count];
            _large.CopyTo(_snapshot);
        }
        else
        {
            _snapshot = _items.AsSpan(0, Count).ToArray();
        }

        return _snapshot;
    }
}
