using System.Text;
using Load.Sockets;
using Load.WebSockets;

namespace Load.Messages;

/// <summary>What a client sends again and again, each time with the next number: its bytes are made once, and only the number is written anew.</summary>
internal sealed class Request
{
    private const int Unmasked = -1;

    private readonly byte[] _bytes;
    private readonly Place[] _places;
    private readonly SequenceNumber _number = new();

    private Request(List<byte> bytes, List<Place> places) => (_bytes, _places) = ([.. bytes], [.. places]);

    /// <summary>Masked frames, one for each part.</summary>
    public static Request OfFrames(Message[] parts)
    {
        var bytes = new List<byte>();
        var places = new List<Place>();
        foreach (var part in parts)
        {
            var start = bytes.Count + ClientFrame.HeaderLength(part.Payload.Length);
            places.AddRange(NumberSlot.Find(part.Payload).Select(slot => new Place(start + slot.Offset, slot.Offset, slot)));
            bytes.AddRange(ClientFrame.Encode(part.IsBinary ? Opcode.Binary : Opcode.Text, part.Payload));
        }

        return new(bytes, places);
    }

    /// <summary>An HTTP request with the message as its body.</summary>
    public static Request OfPost(string path, Message body)
    {
        var head = Encoding.ASCII.GetBytes(Polling.HttpRequest.Head("POST", path, body.Payload.Length));
        var places = NumberSlot.Find(body.Payload).Select(slot => new Place(head.Length + slot.Offset, Unmasked, slot));
        return new([.. head, .. body.Payload], [.. places]);
    }

    public void WriteNext(ByteQueue output)
    {
        Span<byte> text = stackalloc byte[NumberSlot.MaxLength];
        foreach (var (offset, maskPosition, slot) in _places)
        {
            var digits = text[..slot.Length];
            slot.Write(_number, digits);
            if (maskPosition != Unmasked) ClientFrame.ApplyMask(digits, maskPosition);
            digits.CopyTo(_bytes.AsSpan(offset));
        }

        output.Append(_bytes);
        _number.Increment();
    }

    /// <summary>Where a number stands in the bytes, and where in its payload, which is what its mask depends on.</summary>
    private readonly record struct Place(int Offset, int MaskPosition, NumberSlot Slot);
}
