using EngineIO;

namespace SocketIO.Parsing;

/// <summary>The default parser: <c>&lt;type&gt;[&lt;attachments&gt;-][&lt;namespace&gt;,][&lt;id&gt;][&lt;JSON&gt;]</c>, attachments as binary
/// messages after it.</summary>
/// <remarks>Source: https://github.com/socketio/socket.io-protocol#packet-encoding</remarks>
public sealed class JsonPacketParser : IPacketParser
{
    /// <summary>A parser.</summary>
    /// <param name="options">The limits; null for the defaults. They are read here, once.</param>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of range.</exception>
    public JsonPacketParser(JsonPacketParserOptions? options = null)
    {
        _ = options;
    }

    /// <inheritdoc/>
    public EncodedPacket Encode(in Packet packet) => throw new NotSupportedException();

    /// <inheritdoc/>
    public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet) => throw new NotSupportedException();
}
