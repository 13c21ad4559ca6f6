using System.Buffers;
using System.Text.Json;
using SocketIO.Json;

namespace SocketIO.MessagePack.Transcoding;

/// <summary>What MessagePack says before an array or an object and JSON does not: how much is in it. Holds the objects and arrays of a JSON in
/// the order in which they begin. What a placeholder contains counts for nothing.</summary>
internal ref struct ContainerSizes
{
    private int[] _sizes = ArrayPool<int>.Shared.Rent(64);
    private int[] _open = ArrayPool<int>.Shared.Rent(PlaceholderWalker.CommonDepth);
    private int _count;
    private int _depth;
    private int _next;

    /// <summary>Reads a payload.</summary>
    /// <exception cref="JsonException">Its JSON is not valid.</exception>
    internal ContainerSizes(ReadOnlySpan<byte> json, int attachments)
    {
        var levels = attachments > 0 ? stackalloc WalkedLevel[PlaceholderWalker.CommonDepth] : [];
        var walker = new PlaceholderWalker(json, PayloadSerializer.AnyDepth, levels);
        while (walker.Read())
        {
            switch (walker.Reader.TokenType)
            {
                case JsonTokenType.StartArray:
                    CountElement();
                    Open(isArray: true);
                    break;
                case JsonTokenType.StartObject:
                    CountElement();
                    Open(isArray: false);
                    break;
                case JsonTokenType.EndObject when walker.IsPlaceholderEnd && (uint)walker.PlaceholderNumber < (uint)attachments:
                    var index = _open[--_depth];
                    _sizes[index] = ~walker.PlaceholderNumber;
                    _count = index + 1;
                    break;
                case JsonTokenType.EndArray or JsonTokenType.EndObject:
                    _depth--;
                    break;
                case JsonTokenType.PropertyName:
                    _sizes[_open[_depth - 1]]++;
                    break;
                default:
                    CountElement();
                    break;
            }
        }
    }

    /// <summary>The next object or array.</summary>
    /// <returns>How many elements or properties it has; <c>~N</c> for the placeholder of attachment N.</returns>
    internal int Next() => _sizes[_next++];

    internal readonly void Dispose()
    {
        ArrayPool<int>.Shared.Return(_sizes);
        ArrayPool<int>.Shared.Return(_open);
    }

    /// <summary>Counts a value that stands in an array; one in an object is counted by its name.</summary>
    private readonly void CountElement()
    {
        if (_depth > 0 && _open[_depth - 1] < 0) _sizes[~_open[_depth - 1]]++;
    }

    private void Open(bool isArray)
    {
        if (_count == _sizes.Length) Grow(ref _sizes);
        if (_depth == _open.Length) Grow(ref _open);
        _sizes[_count] = 0;
        _open[_depth++] = isArray ? ~_count : _count;
        _count++;
    }

    private static void Grow(ref int[] array)
    {
        var grown = ArrayPool<int>.Shared.Rent(array.Length * 2);
        array.CopyTo(grown, 0);
        ArrayPool<int>.Shared.Return(array);
        array = grown;
    }
}
