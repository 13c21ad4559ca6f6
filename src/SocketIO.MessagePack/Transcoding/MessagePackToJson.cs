using System.Text.Json;
using SocketIO.Json;
using SocketIO.MessagePack.Wire;

namespace SocketIO.MessagePack.Transcoding;

/// <summary>Writes one MessagePack value as the JSON that JavaScript's <c>JSON.stringify</c> makes of it, with placeholders for
/// bytes.</summary>
internal ref partial struct MessagePackToJson
{
    private const string Invalid = "invalid MessagePack";

    // The writer takes no longer text.
    private const int MaxText = 166_666_666;

    private static readonly JsonWriterOptions s_writerOptions = new() { Encoder = JsonStringEncoder.Instance, SkipValidation = true };

    private readonly Utf8JsonWriter _writer;
    private readonly int _maxDepth;
    private readonly int _maxAttachments;
    private readonly bool _keepsBytes;
    private TokenReader _reader;
    private List<ReadOnlyMemory<byte>>? _attachments;
    private string? _error;
    private bool _hasLookalike;

    private MessagePackToJson(ReadOnlySpan<byte> value, Utf8JsonWriter writer, int maxDepth, int maxAttachments, bool keepsBytes)
    {
        _reader = new(value);
        _writer = writer;
        _maxDepth = maxDepth;
        _maxAttachments = maxAttachments;
        _keepsBytes = keepsBytes;
    }

    /// <summary>Reads a value.</summary>
    /// <param name="value">The value, and nothing behind it.</param>
    /// <param name="maxDepth">How deep it may nest; bytes are a level of their own, as the placeholder is.</param>
    /// <param name="maxAttachments">How many times it may have bytes.</param>
    /// <param name="keepsBytes">False where bytes are to be base64.</param>
    /// <param name="payload">The value, in memory of its own.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    internal static string? Read(ReadOnlySpan<byte> value, int maxDepth, int maxAttachments, bool keepsBytes, out Payload payload)
    {
        payload = default;
        using var buffer = new PooledBuffer();
        using var writer = new Utf8JsonWriter(buffer, s_writerOptions);
        var transcoder = new MessagePackToJson(value, writer, maxDepth, maxAttachments, keepsBytes);
        if (!transcoder.WriteValue(0)) return transcoder._error ?? Invalid;
        if (!transcoder._reader.IsAtEnd) return "trailing bytes";

        // The JSON could not tell the two apart.
        if (transcoder._hasLookalike && transcoder._attachments is not null) return "illegal attachments";
        writer.Flush();
        payload = new(buffer.WrittenSpan.ToArray(), transcoder._attachments?.ToArray());
        return null;
    }

    private bool WriteValue(int depth)
    {
        if (!_reader.Read()) return false;
        switch (_reader.Type)
        {
            case TokenType.Nil or TokenType.Undefined:
                _writer.WriteNullValue();
                return true;
            case TokenType.False or TokenType.True:
                _writer.WriteBooleanValue(_reader.Type == TokenType.True);
                return true;
            case TokenType.Integer:
                _writer.WriteNumberValue(_reader.Integer);
                return true;
            case TokenType.Unsigned:
                _writer.WriteNumberValue((ulong)_reader.Integer);
                return true;
            case TokenType.Float:
                JavaScriptNumber.Write(_writer, _reader.Float);
                return true;
            case TokenType.String when _reader.Bytes.Length <= MaxText:
                _writer.WriteStringValue(_reader.Bytes);
                return true;
            case TokenType.Date:
                WriteDate();
                return true;
            case TokenType.Binary:
                return TryEnter(depth) && WriteBytes();
            case TokenType.Array:
                return TryEnter(depth) && WriteArray(depth + 1);
            case TokenType.Map:
                return TryEnter(depth) && WriteObject(depth + 1);
            default:
                return false;
        }
    }

    private bool TryEnter(int depth) => depth < _maxDepth || Fail("nested too deep");

    private bool WriteArray(int depth)
    {
        _writer.WriteStartArray();
        for (var left = _reader.Count; left > 0; left--)
        {
            if (!WriteValue(depth)) return false;
        }

        _writer.WriteEndArray();
        return true;
    }

    private readonly void WriteDate()
    {
        if (!DateText.IsValid(_reader.Integer))
        {
            _writer.WriteNullValue();
            return;
        }

        Span<byte> text = stackalloc byte[DateText.MaxLength];
        _writer.WriteStringValue(text[..DateText.Format(_reader.Integer, text)]);
    }

    private bool WriteBytes()
    {
        if (!_keepsBytes)
        {
            if (_reader.Bytes.Length > MaxText) return false;
            _writer.WriteBase64StringValue(_reader.Bytes);
            return true;
        }

        _attachments ??= [];
        if (_attachments.Count == _maxAttachments) return Fail("too many attachments");
        Placeholder.Write(_writer, _attachments.Count);
        _attachments.Add(_reader.Bytes.ToArray());
        return true;
    }

    private bool Fail(string error)
    {
        _error = error;
        return false;
    }
}
