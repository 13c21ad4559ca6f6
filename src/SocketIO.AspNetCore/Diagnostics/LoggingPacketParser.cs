using System.Buffers;
using EngineIO;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Internal;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Diagnostics;

/// <summary>Tells what a parser does (category "socket.io-parser"). It takes the parser's place only where a server is made while these lines are wanted.</summary>
internal sealed partial class LoggingPacketParser(IPacketParser inner, ILogger logger) : IPacketParser
{
    public static IPacketParser For(IPacketParser parser, ILogger logger) =>
        logger.IsEnabled(LogLevel.Trace) ? new LoggingPacketParser(parser, logger) : parser;

    public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
    {
        LogEncoding(logger, new PacketText(packet));
        var encoded = inner.Encode(packet, buffer);
        LogEncoded(logger, new PacketText(packet), encoded.First.IsBinary ? "binary" : System.Text.Encoding.UTF8.GetString(encoded.First.Bytes.Span[1..]));
        return encoded;
    }

    public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
    {
        var status = inner.Decode(message, ref state, out packet);
        if (status == DecodeStatus.Complete) LogDecoded(logger, message.ToString(), new PacketText(packet));
        return status;
    }

    [LoggerMessage(1, LogLevel.Trace, "encoding packet {Packet}")]
    private static partial void LogEncoding(ILogger logger, PacketText packet);

    [LoggerMessage(2, LogLevel.Trace, "encoded {Packet} as {Text}")]
    private static partial void LogEncoded(ILogger logger, PacketText packet, string text);

    [LoggerMessage(3, LogLevel.Trace, "decoded {Text} as {Packet}")]
    private static partial void LogDecoded(ILogger logger, string text, PacketText packet);
}
