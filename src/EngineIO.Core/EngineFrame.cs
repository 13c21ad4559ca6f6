using System.Text;
using EngineIO.Text;

namespace EngineIO;

/// <summary>A packet ready to be sent, in the form of a revision 4 WebSocket frame: text that begins with its type digit, or the raw bytes of a
/// binary message. A frame is encoded once and may be sent to any number of sessions.</summary>
public readonly struct EngineFrame
{
    private EngineFrame(ReadOnlyMemory<byte> bytes, bool isBinary, bool isLent = false)
    {
        Bytes = bytes;
        IsBinary = isBinary;
        IsLent = isLent;
    }

    /// <summary>A ping.</summary>
    public static EngineFrame Ping { get; } = new("2"u8.ToArray(), isBinary: false);

    /// <summary>A pong.</summary>
    public static EngineFrame Pong { get; } = new("3"u8.ToArray(), isBinary: false);

    /// <summary>The answer to the probe of an upgrade.</summary>
    public static EngineFrame ProbePong { get; } = new("3probe"u8.ToArray(), isBinary: false);

    /// <summary>A close packet.</summary>
    public static EngineFrame Close { get; } = new("1"u8.ToArray(), isBinary: false);

    /// <summary>A noop.</summary>
    public static EngineFrame Noop { get; } = new("6"u8.ToArray(), isBinary: false);

    /// <summary>The bytes as they stand in the frame; they must not change until the frame is written, or, where they are lent, until the call that the frame is given to
    /// returns.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    /// <summary>Whether this is a binary message.</summary>
    public bool IsBinary { get; }

    /// <summary>Whether the bytes are lent: memory that will be used for something else. Whoever is given the frame, and needs it when the call is over, keeps a copy
    /// (<see cref="Keep"/>).</summary>
    public bool IsLent { get; }

    /// <summary>The type of the packet.</summary>
    public EnginePacketType Type =>
        IsBinary || Bytes.Span[0] == TextPacket.Base64Marker ? EnginePacketType.Message : (EnginePacketType)Bytes.Span[0];

    /// <summary>A text message.</summary>
    /// <param name="text">The text; lone surrogates become U+FFFD.</param>
    public static EngineFrame Message(string text)
    {
        var bytes = new byte[1 + Encoding.UTF8.GetByteCount(text)];
        bytes[0] = (byte)EnginePacketType.Message;
        Encoding.UTF8.GetBytes(text, 0, text.Length, bytes, 1);
        return new(bytes, isBinary: false);
    }

    /// <summary>A message of the same kind and content.</summary>
    /// <param name="message">The message; its bytes are copied.</param>
    public static EngineFrame Message(EngineMessage message)
    {
        if (message.IsBinary) return Binary(message.Data.ToArray());
        var bytes = new byte[1 + message.Data.Length];
        bytes[0] = (byte)EnginePacketType.Message;
        message.Data.Span.CopyTo(bytes.AsSpan(1));
        return new(bytes, isBinary: false);
    }

    /// <summary>A binary message.</summary>
    /// <param name="data">The bytes; not copied.</param>
    public static EngineFrame Binary(ReadOnlyMemory<byte> data) => new(data, isBinary: true);

    /// <summary>Text that already begins with its type digit.</summary>
    /// <param name="bytes">The digit, then UTF-8 text; not copied.</param>
    /// <exception cref="ArgumentException"><paramref name="bytes"/> does not begin with a type digit.</exception>
    public static EngineFrame Text(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.Span[0] is < (byte)EnginePacketType.Open or > (byte)EnginePacketType.Noop)
            throw new ArgumentException("A text frame begins with a packet type, '0' to '6'.", nameof(bytes));
        return new(bytes, isBinary: false);
    }

    /// <summary>The same frame, its bytes lent.</summary>
    public EngineFrame Lend() => new(Bytes, IsBinary, isLent: true);

    /// <summary>The same frame, with bytes of its own where they are lent.</summary>
    public EngineFrame Keep() => IsLent ? new(Bytes.ToArray(), IsBinary) : this;

    /// <summary>A binary message as text, for a peer that takes no binary frames.</summary>
    /// <param name="bytes">The marker, then base64; not copied.</param>
    internal static EngineFrame Base64(ReadOnlyMemory<byte> bytes) => new(bytes, isBinary: false);
}
