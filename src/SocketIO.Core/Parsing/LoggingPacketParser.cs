using System.Buffers;
using EngineIO;
using Microsoft.Extensions.Logging;

namespace SocketIO.Parsing;

/// <summary>Tells what a parser does (category "socket.io-parser"). It takes the parser's place only where a server or a manager is made while these lines are wanted.</summary>
internal sealed partial class LoggingPacketParser(IPacketParser inner, ILogger logger, bool isClient) : IPacketParser
{
    public static IPacketParser For(IPacketParser parser, ILogger logger, bool isClient = false) =>
        logger.IsEnabled(LogLevel.Trace) ? new LoggingPacketParser(parser, logger, isClient) : parser;

    public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
    {
        var text = new PacketText(packet, isSent: true, hasOptions: isClient);
        LogEncoding(logger, text);
        var encoded = inner.Encode(packet, buffer);
        LogEncoded(logger, text, encoded.First.IsBinary ? "binary" : Polyfills.Utf8ToString(encoded.First.Bytes.Span[1..]));
        return encoded;
    }

    public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
    {
        var status = inner.Decode(message, ref state, out packet);
        if (status == DecodeStatus.Complete) LogDecoded(logger, message.ToString(), new PacketText(packet, isSent: false));
        return status;
    }

    [LoggerMessage(1, LogLevel.Trace, "encoding packet {Packet}")]
    private static partial void LogEncoding(ILogger logger, PacketText packet);

    [LoggerMessage(2, LogLevel.Trace, "encoded {Packet} as {Text}")]
    private static partial void LogEncoded(ILogger logger, PacketText packet, string text);

    [LoggerMessage(3, LogLevel.Trace, "decoded {Text} as {Packet}")]
    private static partial void LogDecoded(ILogger logger, string text, PacketText packet);
}
