using System.Buffers;
using EngineIO.V3;
using EngineIO.V4;

namespace EngineIO;

/// <summary>Encodes and decodes the packets of one protocol revision. Stateless and thread-safe; malformed input is a returned
/// <see cref="PacketError"/>, never an exception.</summary>
/// <remarks>Sources: https://github.com/socketio/engine.io-protocol and, for revision 3, its <c>v3</c> branch.</remarks>
public abstract class EngineCodec
{
    private protected EngineCodec()
    {
    }

    /// <summary>The codec of a revision.</summary>
    /// <param name="revision">The revision.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such revision.</exception>
    public static EngineCodec For(EngineRevision revision) => revision switch
    {
        EngineRevision.V4 => CodecV4.Instance,
        EngineRevision.V3 => CodecV3.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(revision), revision, "The revisions are 3 and 4."),
    };

    /// <summary>Decodes one WebSocket message.</summary>
    /// <param name="data">The whole message. The packet is a view of it, or of a new array where it had to be decoded.</param>
    /// <param name="isBinary">Whether the message has the binary opcode.</param>
    /// <param name="packet">The packet.</param>
    public abstract PacketError DecodeFrame(ReadOnlyMemory<byte> data, bool isBinary, out EnginePacket packet);

    /// <summary>The frame as this revision writes it on a WebSocket: the same frame where nothing has to change.</summary>
    /// <param name="frame">The frame.</param>
    /// <param name="supportsBinary">False where the peer asked for base64 (query parameter <c>b64</c>).</param>
    public abstract EngineFrame ToWebSocketFrame(EngineFrame frame, bool supportsBinary);

    /// <summary>Decodes a polling payload up to its end or its first malformed packet.</summary>
    /// <param name="payload">The body. Base64 is decoded in place; the packets are views of this memory.</param>
    /// <param name="isBinary">Whether the body came as <c>application/octet-stream</c>.</param>
    /// <param name="maxPackets">The most packets that a payload may hold.</param>
    /// <param name="packets">Receives the packets that precede the end or the error.</param>
    public abstract PacketError DecodePayload(Memory<byte> payload, bool isBinary, int maxPackets, List<EnginePacket> packets);

    /// <summary>Encodes a polling payload.</summary>
    /// <param name="frames">The packets, at least one.</param>
    /// <param name="supportsBinary">False where the peer asked for base64.</param>
    /// <param name="output">Receives the body.</param>
    /// <returns>Whether the body is binary (<c>application/octet-stream</c>).</returns>
    public abstract bool EncodePayload(ReadOnlySpan<EngineFrame> frames, bool supportsBinary, IBufferWriter<byte> output);
}
