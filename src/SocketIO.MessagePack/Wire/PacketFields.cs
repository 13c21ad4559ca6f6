namespace SocketIO.MessagePack.Wire;

/// <summary>The values of a packet's map, not yet read; each is empty where the packet has none, or <c>undefined</c>.</summary>
internal ref struct PacketFields
{
    internal ReadOnlySpan<byte> Type;
    internal ReadOnlySpan<byte> Namespace;
    internal ReadOnlySpan<byte> Data;
    internal ReadOnlySpan<byte> Id;

    /// <summary>Takes a packet apart. Of a repeated key the last value counts; other keys are passed over.</summary>
    /// <returns>False where the message is not one MessagePack map.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> message, out PacketFields fields)
    {
        fields = default;
        var reader = new TokenReader(message);
        if (!reader.Read() || reader.Type != TokenType.Map) return false;
        for (var left = reader.Count; left > 0; left--)
        {
            var key = reader.Position;
            if (!reader.TrySkip()) return false;
            var name = TextAt(message[key..reader.Position]);
            var start = reader.Position;
            if (!reader.TrySkip()) return false;
            var value = message[start..reader.Position];
            fields.Set(name, new TokenReader(value).TrySkipUndefined() ? default : value);
        }

        return reader.IsAtEnd;
    }

    private void Set(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (name.SequenceEqual(Keys.Type)) Type = value;
        else if (name.SequenceEqual(Keys.Namespace)) Namespace = value;
        else if (name.SequenceEqual(Keys.Data)) Data = value;
        else if (name.SequenceEqual(Keys.Id)) Id = value;
    }

    private static ReadOnlySpan<byte> TextAt(ReadOnlySpan<byte> value)
    {
        var reader = new TokenReader(value);
        return reader.Read() && reader.Type == TokenType.String ? reader.Bytes : default;
    }
}
