using System.Buffers;
using BenchmarkDotNet.Attributes;
using EngineIO;

namespace Micro;

/// <summary>Engine.IO packets and payloads, of both revisions.</summary>
public class EngineCodecBenchmarks
{
    private static readonly EngineFrame Text = EngineFrame.Message("2[\"echo\",\"hello, world\"]");
    private static readonly EngineFrame Binary = EngineFrame.Binary(new byte[1024]);
    private static readonly EngineFrame[] Texts = [.. Enumerable.Repeat(Text, 10)];
    private static readonly EngineFrame[] TextAndBinary = [Text, Binary];

    private readonly ArrayBufferWriter<byte> _output = new(16 * 1024);
    private readonly List<EnginePacket> _packets = [];
    private EngineCodec _codec = null!;
    private (byte[] Body, bool IsBinary) _texts, _textAndBinary;

    // Base64 is decoded in place.
    private readonly byte[] _scratch = new byte[16 * 1024];

    [Params(EngineRevision.V4, EngineRevision.V3)]
    public EngineRevision Revision { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        _codec = EngineCodec.For(Revision);
        _texts = Encode(Texts);
        _textAndBinary = Encode(TextAndBinary);
    }

    [Benchmark]
    public PacketError DecodeFrame() => _codec.DecodeFrame(Text.Bytes, isBinary: false, out _);

    [Benchmark]
    public EngineFrame ToWebSocketFrame() => _codec.ToWebSocketFrame(Text, supportsBinary: true);

    [Benchmark]
    public EngineFrame ToBase64Frame() => _codec.ToWebSocketFrame(Binary, supportsBinary: false);

    [Benchmark]
    public bool EncodePayloadOf10() => Write(Texts);

    [Benchmark]
    public bool EncodePayloadWithBinary() => Write(TextAndBinary);

    [Benchmark]
    public int DecodePayloadOf10() => Read(_texts);

    [Benchmark]
    public int DecodePayloadWithBinary() => Read(_textAndBinary);

    private (byte[] Body, bool IsBinary) Encode(EngineFrame[] frames)
    {
        var isBinary = Write(frames);
        return (_output.WrittenSpan.ToArray(), isBinary);
    }

    private bool Write(EngineFrame[] frames)
    {
        _output.ResetWrittenCount();
        return _codec.EncodePayload(frames, supportsBinary: true, _output);
    }

    private int Read((byte[] Body, bool IsBinary) payload)
    {
        payload.Body.CopyTo(_scratch, 0);
        _packets.Clear();
        _codec.DecodePayload(_scratch.AsMemory(0, payload.Body.Length), payload.IsBinary, maxPackets: 100, _packets);
        return _packets.Count;
    }
}
