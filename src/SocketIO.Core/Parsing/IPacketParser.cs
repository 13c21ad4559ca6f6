using System.Buffers;
using EngineIO;

namespace SocketIO.Parsing;

/// <summary>Turns packets into Engine.IO messages and back. Both sides of a connection must use the same parser. Implementations are
/// stateless and thread-safe: what decoding must remember is in the <see cref="DecoderState"/> of the connection.</summary>
public interface IPacketParser
{
    /// <summary>Encodes a packet. See also <see cref="PacketParserExtensions.Encode"/>.</summary>
    /// <param name="packet">The packet. Its JSON is not referenced after the call; its attachments are, until the frames are
    /// written.</param>
    /// <param name="buffer">Memory that frames may lie in: such frames are lent (<see cref="EngineFrame.Lend"/>), for the caller will use the
    /// memory again. All of them lie in one piece of memory, for the next one may take its place. A parser may do without.</param>
    EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer);

    /// <summary>Decodes one message.</summary>
    /// <param name="message">The message, valid during the call.</param>
    /// <param name="state">The state of the connection.</param>
    /// <param name="packet">The packet, where the result is <see cref="DecodeStatus.Complete"/>. Its JSON may be a view of
    /// <paramref name="message"/>; attachments have memory of their own.</param>
    /// <returns>What came of it. Malformed input is a result, never an exception.</returns>
    DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet);
}
