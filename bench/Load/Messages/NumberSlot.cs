using System.Buffers.Text;

namespace Load.Messages;

/// <summary>A place in a message where its number stands, as digits or as their Base64 encoding.</summary>
internal readonly record struct NumberSlot(int Offset, bool IsBase64)
{
    public const int MaxLength = 12;

    public int Length => IsBase64 ? SequenceNumber.MarkInBase64.Length : SequenceNumber.Length;

    public static NumberSlot[] Find(ReadOnlySpan<byte> payload)
    {
        var slots = new List<NumberSlot>();
        for (var i = 0; i < payload.Length; i++)
        {
            if (payload[i..].StartsWith(SequenceNumber.Mark)) slots.Add(new(i, IsBase64: false));
            if (payload[i..].StartsWith(SequenceNumber.MarkInBase64)) slots.Add(new(i, IsBase64: true));
        }

        return [.. slots];
    }

    public void Write(SequenceNumber number, Span<byte> destination)
    {
        if (IsBase64) Base64.EncodeToUtf8(number.Digits, destination, out _, out _);
        else number.Digits.CopyTo(destination);
    }
}
