using System.Text.Json;

namespace SocketIO.Cluster;

/// <summary>Reads the members of a JSON object one after another. What is no JSON throws a <see cref="JsonException"/>; what is no object has no members.</summary>
internal ref struct MemberReader
{
    private readonly ReadOnlyMemory<byte> _json;
    private Utf8JsonReader _reader;
    private Utf8JsonReader _name;

    public MemberReader(ReadOnlyMemory<byte> json, int maxDepth)
    {
        _json = json;
        _reader = new Utf8JsonReader(json.Span, new JsonReaderOptions { MaxDepth = maxDepth });
        IsObject = _reader.Read() && _reader.TokenType == JsonTokenType.StartObject;
        if (!IsObject) _reader.Skip();
    }

    public bool IsObject { get; }

    /// <summary>The value of the member, in the memory that is read.</summary>
    public ReadOnlyMemory<byte> Value { get; private set; }

    public bool MoveNext()
    {
        if (!_reader.Read() || _reader.TokenType != JsonTokenType.PropertyName)
        {
            // Nothing may follow.
            _reader.Read();
            return false;
        }

        _name = _reader;
        _reader.Read();
        var start = (int)_reader.TokenStartIndex;
        _reader.Skip();
        Value = _json[start..(int)_reader.BytesConsumed];
        return true;
    }

    public readonly bool Is(ReadOnlySpan<byte> name) => _name.ValueTextEquals(name);
}
