using System.Text.Json;
using System.Text.Json.Nodes;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

[Trait("Spec", "SEC-SIO-07")]
[Trait("Spec", "SIO-LIM-05")]
public sealed class HostileTests
{
    // The writer, the buffers and what a thread needs once; then, at worst, the placeholder of empty bytes for each two of the message.
    private const long AllocatedAtRest = 16_384;
    private const long AllocatedPerByte = 96;

    private static readonly string[] s_seeds =
    [
        Wire.EncodeEvent("e", 1, "2", new Dictionary<string, bool[]> { ["3"] = [true] }, null, -1.5, 5_000_000_000),
        Wire.EncodeEvent("e", new byte[] { 1, 2, 3 }, new { a = new[] { new byte[] { 4 } } }),
        "83a47479706502a4646174619ea16101c4020102c0d40000cb3ff8000000000000ffd0dfcd012cc3a2c3a9d7000000000000000000ce00011170cf000000012a05f200a36e7370a12f",
        "85a47479706502a46461746192a16501a76f7074696f6e7381a8636f6d7072657373c3a2696400a36e7370a12f",
        "83a47479706502a46461746193a16582ac5f706c616365686f6c646572c3a36e756d00c7010009a36e7370a12f",
        "83a47479706504a46461746182a76d657373616765a26e6fa464617461d40000a36e7370a12f",
        "84a2696403a47479706503a46461746194a17ad6ff00000001c70cff0754d4c0ffffffffffffffffdc0001c0a36e7370a62f61646d696e",
        "de0002d90474797065d000da00036e7370db000000022f61",
    ];

    [Fact]
    public void Every_truncation_is_malformed()
    {
        foreach (var message in s_seeds.Select(Wire.Bytes))
        {
            for (var length = 0; length < message.Length; length++)
                Assert.StartsWith("!", Wire.Decode(Wire.Parser, message[..length]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Every_change_of_a_byte_is_a_result()
    {
        foreach (var message in s_seeds.Select(Wire.Bytes))
        {
            for (var position = 0; position < message.Length; position++)
            {
                var original = message[position];
                for (var value = 0; value < 256; value++)
                {
                    message[position] = (byte)value;
                    Feed(message);
                }

                message[position] = original;
            }
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Random_changes_are_results(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 40_000; i++)
        {
            var bytes = Wire.Bytes(s_seeds[random.Next(s_seeds.Length)]).ToList();
            for (var changes = random.Next(1, 4); changes > 0 && bytes.Count > 0; changes--)
            {
                var position = random.Next(bytes.Count);
                var length = Math.Min(random.Next(1, 12), bytes.Count - position);
                switch (random.Next(4))
                {
                    case 0:
                        bytes[position] = (byte)random.Next(0x80, 0x100);
                        break;
                    case 1:
                        bytes.Insert(position, (byte)random.Next(0x100));
                        break;
                    case 2:
                        bytes.RemoveRange(position, length);
                        break;
                    default:
                        bytes.InsertRange(position, bytes.GetRange(position, length));
                        break;
                }
            }

            Feed([.. bytes]);
        }
    }

    [Theory]
    [InlineData(3)]
    public void Random_data_is_a_result(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 80_000; i++)
        {
            var data = new byte[random.Next(1, 40)];
            random.NextBytes(data);
            if (random.Next(2) == 0) data[0] = (byte)(0x80 | random.Next(0x60));
            Feed(Wire.Bytes(Wire.Event(Convert.ToHexString(data))));
        }
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-12")]
    [InlineData("dfffffffff")]
    [InlineData("df7fffffff")]
    [InlineData("df80000000")]
    [InlineData("ddffffffff")]
    [InlineData("deffff")]
    [InlineData("dcffff")]
    [InlineData("c6ffffffff")]
    [InlineData("c5ffff")]
    [InlineData("c4ff")]
    [InlineData("c9ffffffff00")]
    [InlineData("c9ffffffffff")]
    [InlineData("c9fffffffe05")]
    [InlineData("c8ffff00")]
    [InlineData("c7ffff")]
    [InlineData("dbffffffff")]
    [InlineData("daffff")]
    [InlineData("d9ff")]
    public void Lengths_that_lie_take_no_memory(string head)
    {
        foreach (var tail in (string[])["", "c0", "c0c0c0c0"])
        {
            Assert.Equal("!", Wire.Read(head + tail));
            Assert.Equal("!invalid MessagePack", Wire.Decode(head + tail));
            Assert.Equal("!invalid MessagePack", Wire.Decode(Wire.Event(head + tail)));
            Feed(Wire.Bytes(Wire.Event(head + tail)));
        }
    }

    [Theory]
    [InlineData("c0")]
    [InlineData("80")]
    [InlineData("90")]
    [InlineData("c400")]
    [InlineData("c40101")]
    [InlineData("a100")]
    [InlineData("cbbfb999999999999a")]
    [InlineData("d7000000000000000000")]
    public void Memory_is_bounded_by_the_message(string value)
    {
        const int Count = 65_535;
        Feed(Wire.Bytes($"83a47479706502a46461746192a165dcffff{string.Concat(Enumerable.Repeat(value, Count))}a36e7370a12f"), isComplete: true);
    }

    private static void Feed(byte[] message, bool isComplete = false)
    {
        var state = default(DecoderState);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var status = Wire.Parser.Decode(new(message, isBinary: true), ref state, out var packet);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated <= AllocatedAtRest + (AllocatedPerByte * message.Length), $"{allocated} bytes for {message.Length}: {Convert.ToHexString(message)[..Math.Min(80, message.Length * 2)]}");
        Assert.NotEqual(DecodeStatus.NeedMore, status);
        Assert.Equal(status == DecodeStatus.Malformed, state.Error is not null);
        if (isComplete) Assert.Equal(DecodeStatus.Complete, status);
        if (status == DecodeStatus.Complete) Use(packet);
    }

    /// <summary>Whatever passes the decoder can be listened to and emitted again.</summary>
    private static void Use(Packet packet)
    {
        if (!packet.Data.IsEmpty)
        {
            using var json = JsonDocument.Parse(packet.Data.Json, new() { MaxDepth = 64 });
            Assert.NotEqual(JsonValueKind.Undefined, json.RootElement.ValueKind);
        }

        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Complete, Wire.Parser.Decode(new(Wire.Parser.Encode(packet).First.Bytes, isBinary: true), ref state, out var again));
        Assert.Equal((packet.Type, packet.Namespace, packet.Id), (again.Type, again.Namespace, again.Id));
        if (packet.Type != PacketType.Event) return;
        var arguments = EventArguments.ForEvent(packet.Data, PayloadSerializer.Default);
        Assert.NotNull(arguments.Name);
        Assert.Equal(arguments.Count, arguments.Detach().ToArray().Length);
        Try(() => arguments.Get<byte[]>(0));
        Try(() => arguments.Get<JsonNode>(1));
        Try(() => arguments.Get<double>(0));
    }

    private static void Try(Action read)
    {
        try
        {
            read();
        }
        catch (EventBindingException)
        {
            // An argument of another type.
        }
    }
}
