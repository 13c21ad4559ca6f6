namespace EngineIO.V3;

/// <summary>The length of a packet as it is read digit by digit, with a cap on the digits that a peer can make us read.</summary>
internal struct PacketLength
{
    /// <summary>Enough for any length that a payload can have.</summary>
    public const int MaxDigits = 10;

    private int _digits;

    public long Value { get; private set; }

    public bool TryAppend(int digit)
    {
        if (digit is < 0 or > 9 || ++_digits > MaxDigits) return false;
        Value = Value * 10 + digit;
        return true;
    }
}
