using System.Text.Json;

namespace SocketIO.Json;

/// <summary>Walks over JSON, token by token, and tells where a placeholder ends.</summary>
internal ref struct PlaceholderWalker
{
    /// <summary>How many levels of nesting the buffer given to the constructor should hold; deeper ones cost an array.</summary>
    internal const int CommonDepth = 16;

    /// <summary>The reader, standing on the token.</summary>
    internal Utf8JsonReader Reader;

    private readonly bool _isTracking;
    private Span<WalkedLevel> _levels;
    private int _depth;

    /// <summary>A walk over JSON.</summary>
    /// <param name="json">The JSON.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="levels">Memory to work in; empty for a walk in which placeholders mean nothing.</param>
    internal PlaceholderWalker(ReadOnlySpan<byte> json, JsonReaderOptions options, Span<WalkedLevel> levels)
    {
        Reader = new(json, options);
        _levels = levels;
        _isTracking = !levels.IsEmpty;
    }

    /// <summary>Whether the token is the end of a placeholder.</summary>
    internal bool IsPlaceholderEnd { get; private set; }

    /// <summary>Where the placeholder that ends here begins.</summary>
    internal int PlaceholderStart { get; private set; }

    /// <summary>The number of the placeholder that ends here; -1 where it is no integer.</summary>
    internal int PlaceholderNumber { get; private set; }

    /// <summary>Moves to the next token.</summary>
    /// <exception cref="JsonException">There is no valid one.</exception>
    internal bool Read()
    {
        if (!Reader.Read()) return false;
        if (_isTracking) Track();
        return true;
    }

    private void Track()
    {
        IsPlaceholderEnd = false;
        switch (Reader.TokenType)
        {
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                TakeValue();
                Push();
                break;
            case JsonTokenType.EndArray:
                _depth--;
                break;
            case JsonTokenType.EndObject:
                ref var ended = ref _levels[--_depth];
                IsPlaceholderEnd = ended.IsPlaceholder;
                PlaceholderStart = ended.Start;
                PlaceholderNumber = ended.Number;
                break;
            case JsonTokenType.PropertyName:
                _levels[_depth - 1].Current = Reader.ValueTextEquals(Placeholder.FlagName) ? WalkedProperty.Flag
                    : Reader.ValueTextEquals(Placeholder.NumberName) ? WalkedProperty.Number
                    : WalkedProperty.Other;
                break;
            default:
                TakeValue();
                break;
        }
    }

    /// <summary>Takes the token as the value of the property before it. Of a repeated property the last value counts.</summary>
    private readonly void TakeValue()
    {
        if (_depth == 0) return;
        ref var level = ref _levels[_depth - 1];
        if (level.Current == WalkedProperty.Flag) level.IsPlaceholder = Reader.TokenType == JsonTokenType.True;
        else if (level.Current == WalkedProperty.Number)
            level.Number = Reader.TokenType == JsonTokenType.Number && Reader.TryGetInt32(out var number) ? number : -1;
    }

    private void Push()
    {
        if (_depth == _levels.Length)
        {
            var grown = new WalkedLevel[_depth * 2];
            _levels.CopyTo(grown);
            _levels = grown;
        }

        _levels[_depth++] = new() { Start = (int)Reader.TokenStartIndex, Number = -1 };
    }
}
