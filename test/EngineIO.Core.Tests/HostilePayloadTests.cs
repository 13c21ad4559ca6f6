using System.Buffers;
using System.Text;

namespace EngineIO.Core.Tests;

/// <summary>The work a payload causes is in proportion to its length, and its memory to the packets it is allowed.</summary>
public sealed class HostilePayloadTests
{
    private const int Size = 1_000_000;

    public static TheoryData<EngineRevision, bool, string> SmallestPackets => new()
    {
        { EngineRevision.V4, false, "321e" },
        { EngineRevision.V4, false, "621e" },
        { EngineRevision.V3, false, "313a32" },
        { EngineRevision.V3, true, "0001ff32" },
    };

    [Theory]
    [MemberData(nameof(SmallestPackets))]
    [Trait("Spec", "SEC-EIO-01")]
    public void Smallest_packets_stop_at_the_cap(EngineRevision revision, bool isBinary, string unit)
    {
        const int Cap = 1000;
        var packets = new List<EnginePacket>(Cap);
        using var payload = new CountingMemory(Repeat(unit, Size));

        var error = EngineCodec.For(revision).DecodePayload(payload.Memory, isBinary, Cap, packets);

        Assert.Equal(PacketError.TooManyPackets, error);
        Assert.Equal(Cap, packets.Count);
        Assert.Equal(Cap, packets.Capacity);
        Assert.InRange(payload.Accesses, Cap, 8 * Cap);
    }

    [Theory]
    [MemberData(nameof(SmallestPackets))]
    [Trait("Spec", "SEC-EIO-01")]
    public void Work_grows_in_proportion(EngineRevision revision, bool isBinary, string unit)
    {
        long one = Accesses(revision, isBinary, unit, Size / 2);
        long two = Accesses(revision, isBinary, unit, Size);
        Assert.InRange(two, one, 2 * one + 8);
    }

    [Theory]
    [MemberData(nameof(SmallestPackets))]
    [Trait("Spec", "SEC-EIO-01")]
    public void Decoding_allocates_nothing(EngineRevision revision, bool isBinary, string unit)
    {
        var codec = EngineCodec.For(revision);
        byte[] payload = Repeat(unit, Size);
        var packets = new List<EnginePacket>(Size);
        codec.DecodePayload(payload, isBinary, Size, packets);
        packets.Clear();

        long before = GC.GetAllocatedBytesForCurrentThread();
        codec.DecodePayload(payload, isBinary, Size, packets);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [Trait("Spec", "EIO-PKT-03")]
    [InlineData(EngineRevision.V4, "b")]
    [InlineData(EngineRevision.V3, "1333338:b4")]
    public void Base64_of_a_payload_is_decoded_in_place(EngineRevision revision, string prefix)
    {
        var codec = EngineCodec.For(revision);
        byte[] data = new byte[Size];
        new Random(1).NextBytes(data);
        string text = Convert.ToBase64String(data).Replace('+', '-').Replace('/', '_');
        List<EnginePacket> packets = new(2);
        codec.DecodePayload(Encoding.ASCII.GetBytes(prefix + text), isBinary: false, 10, packets);
        packets.Clear();
        byte[] payload = Encoding.ASCII.GetBytes(prefix + text);

        long before = GC.GetAllocatedBytesForCurrentThread();
        var error = codec.DecodePayload(payload, isBinary: false, 10, packets);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(PacketError.None, error);
        Assert.Equal(data, packets[0].Data.ToArray());
        Assert.True(payload.AsSpan().Overlaps(packets[0].Data.Span));
    }

    [Theory]
    [Trait("Spec", "SEC-EIO-01")]
    [Trait("Spec", "EIO3-08")]
    [InlineData(false, "39")]
    [InlineData(false, "30")]
    [InlineData(true, "00")]
    [InlineData(true, "01")]
    public void Digits_of_a_length_are_read_up_to_the_cap(bool isBinary, string unit)
    {
        List<EnginePacket> packets = [];
        Assert.Equal(PacketError.InvalidLength, Wire.V3.DecodePayload(Repeat(unit, Size), isBinary, 1000, packets));
        Assert.Empty(packets);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-06")]
    public void Lone_separators_are_one_error() =>
        Assert.Equal("!Empty", Wire.DecodePayload(Wire.V4, Repeat("1e", Size), maxPackets: 1000));

    private static long Accesses(EngineRevision revision, bool isBinary, string unit, int size)
    {
        using var payload = new CountingMemory(Repeat(unit, size));
        EngineCodec.For(revision).DecodePayload(payload.Memory, isBinary, size, new List<EnginePacket>(size));
        return payload.Accesses;
    }

    private static byte[] Repeat(string hex, int size)
    {
        byte[] unit = Wire.Hex(hex);
        byte[] bytes = new byte[size / unit.Length * unit.Length];
        for (int i = 0; i < bytes.Length; i++) bytes[i] = unit[i % unit.Length];
        return bytes;
    }

    /// <summary>Counts how often a decoder turns to its input.</summary>
    private sealed class CountingMemory(byte[] bytes) : MemoryManager<byte>
    {
        public long Accesses { get; private set; }

        public override Span<byte> GetSpan()
        {
            Accesses++;
            return bytes;
        }

        public override MemoryHandle Pin(int elementIndex = 0) => throw new NotSupportedException();

        public override void Unpin() => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
        }
    }
}
