using SocketIO.Json;
using SocketIO.MessagePack.Wire;

namespace SocketIO.MessagePack.Transcoding;

internal ref partial struct MessagePackToJson
{
    private bool WriteObject(int depth)
    {
        var isLookalike = false;
        _writer.WriteStartObject();
        for (var left = _reader.Count; left > 0; left--)
        {
            if (!TryReadName(out var name)) return false;
            if (_reader.TrySkipUndefined()) continue;

            // Of a repeated property the last counts.
            if (name.SequenceEqual(Placeholder.FlagName)) isLookalike = _reader.IsNext(FormatCode.True);
            _writer.WritePropertyName(name);
            if (!WriteValue(depth)) return false;
        }

        _writer.WriteEndObject();
        _hasLookalike |= isLookalike;
        return true;
    }

    /// <summary>Reads the key of a map. In JavaScript a property has a string for a name: simple values become one.</summary>
    private bool TryReadName(out ReadOnlySpan<byte> name)
    {
        name = default;
        if (!_reader.Read()) return false;
        if (_reader.Type == TokenType.String)
        {
            name = _reader.Bytes;
            return name.Length <= MaxText;
        }

        name = _reader.Type switch
        {
            TokenType.Nil => "null"u8,
            TokenType.Undefined => "undefined"u8,
            TokenType.False => "false"u8,
            TokenType.True => "true"u8,
            TokenType.Integer => NumberName(_reader.Integer),
            TokenType.Unsigned => NumberName((ulong)_reader.Integer),
            TokenType.Float => NumberName(_reader.Float),
            _ => default,
        };
        return !name.IsEmpty;
    }

    private static byte[] NumberName(double number) => System.Text.Encoding.UTF8.GetBytes(JavaScriptNumber.ToString(number));
}
