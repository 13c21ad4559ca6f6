using SocketIO.Parsing;

namespace SocketIO.MessagePack;

/// <summary>The parser of <c>socket.io-msgpack-parser</c>: each packet is one binary message, a MessagePack map with the keys <c>type</c>,
/// <c>nsp</c>, <c>data</c> and <c>id</c>. Bytes stand in it where they belong. Thread-safe.</summary>
/// <remarks>
/// <para>Clients need the same parser: <c>io({ parser: require("socket.io-msgpack-parser") })</c>. Socket.IO 2.x clients have none.</para>
/// <para>Values are read as <see cref="MessagePackPayload"/> says; types and their JSON options are those of the JSON parser.</para>
/// <para>Source: https://github.com/socketio/socket.io-msgpack-parser</para>
/// </remarks>
public sealed partial class MessagePackPacketParser : IPacketParser
{
    // 2^53-1: a JavaScript peer can't hold a greater id.
    private const long MaxId = 9007199254740991;

    private readonly int _maxDepth;
    private readonly int _maxAttachments;

    /// <summary>A parser.</summary>
    /// <param name="options">The limits; null for the defaults. They are read here, once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public MessagePackPacketParser(MessagePackPacketParserOptions? options = null)
    {
        options ??= new();
        _maxDepth = options.MaxDepth is >= 1 and <= MessagePackPayload.MaxDepthLimit
            ? options.MaxDepth
            : throw OutOfRange(options.MaxDepth, $"{nameof(options.MaxDepth)} must be 1 to {MessagePackPayload.MaxDepthLimit}");
        _maxAttachments = options.MaxAttachments is null or >= 0
            ? options.MaxAttachments ?? int.MaxValue
            : throw OutOfRange(options.MaxAttachments, $"{nameof(options.MaxAttachments)} must not be negative");
    }

    private static ArgumentOutOfRangeException OutOfRange(object value, string rule) =>
        new(nameof(value), value, $"{nameof(MessagePackPacketParserOptions)}.{rule}.");
}
