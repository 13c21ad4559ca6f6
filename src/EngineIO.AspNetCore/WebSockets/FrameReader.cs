using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Runtime.CompilerServices;
using System.Text.Unicode;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>Turns what a client sends into messages (RFC 6455), piece by piece as it comes. A message that lies whole in the input is unmasked there and given as it lies; the pieces of
/// others are gathered in a pooled buffer, which grows with what has come and not with what is announced.</summary>
internal sealed class FrameReader(int maxMessageSize)
{
    private const int MaxControlSize = 125;
    private const int SmallestBuffer = 4096;
    private const int LargestInitialBuffer = 32 * 1024;

    private HeaderBytes _headerBytes;
    private int _headerLength;

    // The frame that is being read: whether there is one, its key for what follows, and how much that is.
    private FrameHeader _frame;
    private bool _isInFrame;
    private uint _mask;
    private long _remaining;

    // The message that it belongs to; the opcode is that of its first frame, Continuation where none has begun.
    private WebSocketOpcode _opcode;
    private byte[]? _buffer;
    private int _length;
    private bool _skips;

    // A control frame that comes in pieces.
    private byte[]? _control;
    private int _controlLength;

    /// <summary>After a close frame, its status; after a fault, what the peer did and the status to tell it; before, <see cref="WebSocketEnd.Lost"/>.</summary>
    public WebSocketEnd End { get; private set; }

    /// <summary>Reads up to the end of the next message or control frame.</summary>
    /// <param name="input">What has come. What was read is cut off; unmasking changes it.</param>
    /// <param name="payload">The message, or the payload of a control frame. Valid until the next call, and as long as the input is.</param>
    public FrameReadResult Read(ref Memory<byte> input, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        while (true)
        {
            if (!_isInFrame)
            {
                if (!TryReadHeader(ref input)) return FrameReadResult.NeedMore;
                if (!IsAllowed(_frame)) return FrameReadResult.Fault;
                (_isInFrame, _mask, _remaining) = (true, _frame.Mask, _frame.Length);
                if (!_frame.IsControl && !_skips && _length + _remaining > maxMessageSize)
                {
                    _skips = true;
                    Dispose();
                    return FrameReadResult.TooBig;
                }
            }

            var piece = Take(ref input);
            if (_frame.IsControl)
            {
                if (!TryCompleteControl(piece, out payload)) return FrameReadResult.NeedMore;
                if (_frame.Opcode == WebSocketOpcode.Ping) return FrameReadResult.Ping;
                if (_frame.Opcode == WebSocketOpcode.Close) return EndsWell(payload.Span) ? FrameReadResult.Close : FrameReadResult.Fault;
            }
            else if (TryCompleteMessage(piece, out payload))
            {
                var isText = _opcode == WebSocketOpcode.Text;
                _opcode = WebSocketOpcode.Continuation;
                if (!isText) return FrameReadResult.Binary;
                return Utf8.IsValid(payload.Span) || Fail("The text is not valid UTF-8.", WebSocketCloseStatus.InvalidPayloadData) ? FrameReadResult.Text : FrameReadResult.Fault;
            }
            else if (_isInFrame)
            {
                return FrameReadResult.NeedMore;
            }
        }
    }

    /// <summary>Gives the buffer back, unless part of a message is in it.</summary>
    public void Release()
    {
        if (_buffer is null || _length > 0) return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    /// <summary>Gives the buffer back: no message is read any more.</summary>
    public void Dispose()
    {
        _length = 0;
        Release();
    }

    private bool TryReadHeader(ref Memory<byte> input)
    {
        var bytes = input.Span;
        if (_headerLength == 0 && bytes.Length >= 2 && FrameHeader.SizeOf(bytes) is var size && bytes.Length >= size)
        {
            _frame = FrameHeader.Read(bytes);
            input = input[size..];
            return true;
        }

        Span<byte> header = _headerBytes;
        while (_headerLength < FrameHeader.SizeOf(header[.._headerLength]))
        {
            if (input.IsEmpty) return false;
            header[_headerLength++] = input.Span[0];
            input = input[1..];
        }

        _frame = FrameHeader.Read(header);
        _headerLength = 0;
        return true;
    }

    private bool IsAllowed(in FrameHeader frame)
    {
        if (frame.HasReservedBits) return Fail("A frame has reserved bits.");
        if (!frame.IsMasked) return Fail("A frame is not masked.");
        if (frame.Length < 0) return Fail("A frame is longer than can be.");
        switch (frame.Opcode)
        {
            case WebSocketOpcode.Close or WebSocketOpcode.Ping or WebSocketOpcode.Pong:
                return (frame is { IsFinal: true, Length: <= MaxControlSize }) || Fail("A control frame is fragmented, or too long.");
            case WebSocketOpcode.Text or WebSocketOpcode.Binary:
                if (_opcode != WebSocketOpcode.Continuation && !_skips) return Fail("A message begins within another.");
                _opcode = frame.Opcode;
                return true;
            case WebSocketOpcode.Continuation:
                return _opcode != WebSocketOpcode.Continuation || Fail("A message is continued that has not begun.");
            default:
                return Fail("A frame has an unknown opcode.");
        }
    }

    private bool EndsWell(ReadOnlySpan<byte> closePayload)
    {
        var status = closePayload switch { [] => (ushort)WebSocketCloseStatus.Empty, [_] => 0, _ => BinaryPrimitives.ReadUInt16BigEndian(closePayload) };
        End = new WebSocketEnd((WebSocketCloseStatus)status);
        if (closePayload.IsEmpty) return true;
        // Those that may stand in a frame (RFC 6455, section 7.4, and the registry it founded).
        if (status is not ((>= 1000 and <= 1014 and not (1004 or 1005 or 1006)) or (>= 3000 and <= 4999))) return Fail("A close frame has no valid status.");
        return Utf8.IsValid(closePayload[sizeof(ushort)..]) || Fail("The reason of a close frame is not valid UTF-8.", WebSocketCloseStatus.InvalidPayloadData);
    }

    private bool Fail(string fault, WebSocketCloseStatus status = WebSocketCloseStatus.ProtocolError)
    {
        End = new WebSocketEnd(status, new WebSocketException(WebSocketError.Faulted, fault));
        return false;
    }

    /// <summary>The part of the frame that has come, unmasked.</summary>
    private Memory<byte> Take(ref Memory<byte> input)
    {
        var piece = input[..(int)Math.Min(_remaining, input.Length)];
        input = input[piece.Length..];
        FrameMask.Apply(piece.Span, _mask);
        _mask = FrameMask.Skip(_mask, piece.Length);
        _remaining -= piece.Length;
        if (_remaining == 0) _isInFrame = false;
        return piece;
    }

    private bool TryCompleteControl(Memory<byte> piece, out ReadOnlyMemory<byte> payload)
    {
        payload = piece;
        if (_controlLength == 0 && !_isInFrame) return true;
        _control ??= new byte[MaxControlSize];
        piece.CopyTo(_control.AsMemory(_controlLength));
        _controlLength += piece.Length;
        if (_isInFrame) return false;
        payload = _control.AsMemory(0, _controlLength);
        _controlLength = 0;
        return true;
    }

    private bool TryCompleteMessage(Memory<byte> piece, out ReadOnlyMemory<byte> payload)
    {
        payload = default;
        if (_skips) return false;
        var isWhole = !_isInFrame && _frame.IsFinal;
        if (isWhole && _length == 0)
        {
            payload = piece;
            return true;
        }

        Gather(piece.Span);
        if (!isWhole) return false;
        payload = _buffer.AsMemory(0, _length);
        _length = 0;
        return true;
    }

    private void Gather(ReadOnlySpan<byte> piece)
    {
        var needed = _length + piece.Length;
        if (_buffer is null || _buffer.Length < needed)
        {
            var expected = Math.Min(needed + _remaining, Math.Max(2L * needed, LargestInitialBuffer));
            var larger = ArrayPool<byte>.Shared.Rent((int)Math.Max(expected, SmallestBuffer));
            if (_buffer is not null)
            {
                _buffer.AsSpan(0, _length).CopyTo(larger);
                ArrayPool<byte>.Shared.Return(_buffer);
            }

            _buffer = larger;
        }

        piece.CopyTo(_buffer.AsSpan(_length));
        _length = needed;
    }

    [InlineArray(FrameHeader.MaxSize)]
    private struct HeaderBytes
    {
        private byte _first;
    }
}
