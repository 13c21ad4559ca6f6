using Load.Sockets;
using Load.WebSockets;

namespace Load.Messages;

/// <summary>What a client sends again and again, each time with the next number: its frames are made once, and only the number is written anew.</summary>
internal sealed class Request
{
    private readonly byte[] _frames;
    private readonly (int Frame, int Position, NumberSlot Slot)[] _slots; // where in the frames, and where in the payload (for the mask)
    private readonly SequenceNumber _number = new();

    public Request(Message[] parts)
    {
        var frames = new List<byte>();
        var slots = new List<(int, int, NumberSlot)>();
        foreach (var part in parts)
        {
            var start = frames.Count + ClientFrame.HeaderLength(part.Payload.Length);
            slots.AddRange(NumberSlot.Find(part.Payload).Select(slot => (start + slot.Offset, slot.Offset, slot)));
            frames.AddRange(ClientFrame.Encode(part.IsBinary ? Opcode.Binary : Opcode.Text, part.Payload));
        }

        (_frames, _slots) = ([.. frames], [.. slots]);
    }

    public void WriteNext(ByteQueue output)
    {
        Span<byte> text = stackalloc byte[NumberSlot.MaxLength];
        foreach (var (frame, position, slot) in _slots)
        {
            var digits = text[..slot.Length];
            slot.Write(_number, digits);
            ClientFrame.ApplyMask(digits, position);
            digits.CopyTo(_frames.AsSpan(frame));
        }

        output.Append(_frames);
        _number.Increment();
    }
}
