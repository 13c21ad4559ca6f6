namespace Load.Messages;

/// <summary>What a client must receive again and again, each time with the next number, byte for byte.</summary>
internal sealed class Expectation
{
    private readonly Message[] _parts;
    private readonly NumberSlot[][] _slots;
    private readonly SequenceNumber _number = new();
    private int _part;

    public Expectation(Message[] parts)
    {
        _parts = Array.ConvertAll(parts, part => part with { Payload = [.. part.Payload] });
        _slots = Array.ConvertAll(parts, part => NumberSlot.Find(part.Payload));
        WriteNumber();
    }

    /// <summary>Compares one message; true when it was the last part of what is expected, and the next number's turn has come.</summary>
    /// <exception cref="LoadException">It is another.</exception>
    public bool Accept(int connection, ReadOnlySpan<byte> message, bool isBinary)
    {
        var expected = _parts[_part];
        if (isBinary != expected.IsBinary || !message.SequenceEqual(expected.Payload))
            throw WrongAnswer.Create(connection, expected.Payload, message);
        if (++_part < _parts.Length) return false;
        _part = 0;
        _number.Increment();
        WriteNumber();
        return true;
    }

    private void WriteNumber()
    {
        for (var part = 0; part < _parts.Length; part++)
            foreach (var slot in _slots[part]) slot.Write(_number, _parts[part].Payload.AsSpan(slot.Offset, slot.Length));
    }
}
