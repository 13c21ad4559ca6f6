namespace SocketIO.Parsing;

/// <summary>The default parser: <c>&lt;type&gt;[&lt;attachments&gt;-][&lt;namespace&gt;,][&lt;id&gt;][&lt;JSON&gt;]</c>, attachments as
/// binary messages after it.</summary>
/// <remarks>Source: https://github.com/socketio/socket.io-protocol#packet-encoding</remarks>
public sealed partial class JsonPacketParser : IPacketParser
{
    // 2^53-1: a JavaScript peer can't hold a greater id.
    private const long MaxId = 9007199254740991;

    private readonly int _maxAttachments;
    private readonly long _maxAttachmentBytes;
    private readonly int _maxDepth;

    /// <summary>A parser.</summary>
    /// <param name="options">The limits; null for the defaults. They are read here, once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public JsonPacketParser(JsonPacketParserOptions? options = null)
    {
        options ??= new();
        _maxAttachments = AtLeast(0, options.MaxAttachments, nameof(options.MaxAttachments));
        _maxAttachmentBytes = AtLeast(0, options.MaxAttachmentBytes ?? long.MaxValue, nameof(options.MaxAttachmentBytes));
        _maxDepth = AtLeast(1, options.MaxDepth, nameof(options.MaxDepth));
    }

    private static T AtLeast<T>(T minimum, T value, string option)
        where T : IComparable<T> =>
        value.CompareTo(minimum) >= 0
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, $"{nameof(JsonPacketParserOptions)}.{option} must be at least {minimum}.");
}
