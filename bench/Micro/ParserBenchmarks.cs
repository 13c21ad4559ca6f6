using BenchmarkDotNet.Attributes;
using EngineIO;
using SocketIO.Json;
using SocketIO.MessagePack;
using SocketIO.Parsing;

namespace Micro;

/// <summary>Socket.IO packets, by both parsers; the binary event has an attachment of 1 KiB.</summary>
public class ParserBenchmarks
{
    private static readonly Packet Event = new(PacketType.Event, "/", PayloadSerializer.Default.SerializeEvent("echo", ["hello, world", 42]));
    private static readonly Packet Ack = new(PacketType.Ack, "/admin", PayloadSerializer.Default.SerializeArguments(["hello, world"]), id: 42);
    private static readonly Packet BinaryEvent = new(PacketType.Event, "/", PayloadSerializer.Default.SerializeEvent("upload", ["image.png", new byte[1024]]));

    private IPacketParser _parser = null!;
    private EngineMessage[] _event = null!, _ack = null!, _binaryEvent = null!;
    private DecoderState _state;

    [Params("JSON", "MessagePack")]
    public string Parser { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        _parser = Parser == "JSON" ? new JsonPacketParser() : new MessagePackPacketParser();
        _event = Encode(Event);
        _ack = Encode(Ack);
        _binaryEvent = Encode(BinaryEvent);
    }

    [Benchmark]
    public EncodedPacket EncodeEvent() => _parser.Encode(Event);

    [Benchmark]
    public EncodedPacket EncodeAck() => _parser.Encode(Ack);

    [Benchmark]
    public EncodedPacket EncodeBinaryEvent() => _parser.Encode(BinaryEvent);

    [Benchmark]
    public PacketType DecodeEvent() => Decode(_event);

    [Benchmark]
    public PacketType DecodeAck() => Decode(_ack);

    [Benchmark]
    public PacketType DecodeBinaryEvent() => Decode(_binaryEvent);

    private EngineMessage[] Encode(Packet packet)
    {
        var encoded = _parser.Encode(packet);
        return [ToMessage(encoded.First), .. encoded.Rest.ToArray().Select(ToMessage)];
    }

    // What the other side hands to its parser: text without the Engine.IO type.
    private static EngineMessage ToMessage(EngineFrame frame) => new(frame.IsBinary ? frame.Bytes : frame.Bytes[1..], frame.IsBinary);

    private PacketType Decode(EngineMessage[] messages)
    {
        Packet packet = default;
        foreach (var message in messages) _parser.Decode(message, ref _state, out packet);
        return packet.Type;
    }
}
