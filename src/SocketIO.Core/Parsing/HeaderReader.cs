namespace SocketIO.Parsing;

/// <summary>Reads what precedes the JSON of a packet.</summary>
internal ref struct HeaderReader(ReadOnlySpan<byte> text)
{
    private readonly ReadOnlySpan<byte> _text = text;

    /// <summary>Where the next part begins.</summary>
    internal int Position { get; private set; }

    private readonly bool IsAtEnd => Position == _text.Length;

    internal bool TryReadType(out PacketType type)
    {
        type = default;
        if (IsAtEnd || _text[0] is < (byte)'0' or > (byte)'6') return false;
        type = (PacketType)(_text[0] - '0');
        Position = 1;
        return true;
    }

    /// <summary>Reads <c>&lt;attachments&gt;-</c>.</summary>
    internal bool TryReadAttachments(out int count)
    {
        if (!TryReadDigits(int.MaxValue, out var value) || value is null || IsAtEnd || _text[Position] != (byte)'-')
        {
            count = 0;
            return false;
        }

        Position++;
        count = (int)value;
        return true;
    }

    /// <summary>Reads a namespace up to its comma, or the end.</summary>
    internal string ReadNamespace(ref DecoderState state)
    {
        if (IsAtEnd || _text[Position] != (byte)'/') return SocketProtocol.MainNamespace;
        var rest = _text[Position..];
        var comma = rest.IndexOf((byte)',');
        var name = comma < 0 ? rest : rest[..comma];
        Position += name.Length + (comma < 0 ? 0 : 1);
        if (name.Length == 1) return SocketProtocol.MainNamespace;
        if (state.LastNamespace is not { } last || !AreEqual(name, last)) state.LastNamespace = last = Polyfills.Utf8ToString(name);
        return last;
    }

    /// <summary>Reads an acknowledgement id, where there is one.</summary>
    /// <returns>False where it is greater than <paramref name="max"/>.</returns>
    internal bool TryReadId(long max, out long? id) => TryReadDigits(max, out id);

    private static bool AreEqual(ReadOnlySpan<byte> utf8, string text)
    {
        // Names beyond ASCII are made anew each time, which only costs memory.
        if (utf8.Length != text.Length) return false;
        for (var i = 0; i < utf8.Length; i++)
        {
            if (utf8[i] != text[i] || utf8[i] >= 0x80) return false;
        }

        return true;
    }

    private bool TryReadDigits(long max, out long? value)
    {
        value = null;
        long number = 0;
        var start = Position;
        for (; !IsAtEnd && _text[Position] is >= (byte)'0' and <= (byte)'9'; Position++)
        {
            number = (number * 10) + (_text[Position] - '0');
            if (number > max) return false;
        }

        if (Position > start) value = number;
        return true;
    }
}
