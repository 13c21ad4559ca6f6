using EngineIO;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

/// <summary>Whatever an application emits arrives as it does with the JSON parser.</summary>
public sealed class RoundTripTests
{
    private static readonly JsonPacketParser s_json = new(new() { MaxAttachments = int.MaxValue });

    private static readonly string[] s_texts =
        ["", "a", "é漢😀", "\0\u0001\n\r\t\b\f\"\\/", "\u007f\u2028\ufeff\uffff", "_placeholder", "num", new('x', 40), new('é', 200), "\ud83d", "\ude00x"];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Random_events(int seed)
    {
        var random = new Random(seed);
        for (var i = 0; i < 3000; i++)
        {
            var arguments = Enumerable.Range(0, random.Next(4)).Select(_ => Value(random, depth: 0)).ToArray();
            var payload = PayloadSerializer.Default.SerializeEvent("e", arguments);
            var packet = new Packet(random.Next(2) == 0 ? PacketType.Event : PacketType.Ack, "/a", payload, random.Next(2) == 0 ? random.NextInt64(1L << 53) : null);
            var expected = Decode(s_json, packet);
            var actual = Decode(Wire.Parser, packet);
            Assert.Equal((expected.Type, expected.Namespace, expected.Id), (actual.Type, actual.Namespace, actual.Id));
            Assert.Equal(Wire.Show(expected.Data), Wire.Show(actual.Data));
        }
    }

    [Fact]
    public void Types_and_options_are_those_of_JSON()
    {
        var serializer = new PayloadSerializer(System.Text.Json.JsonSerializerOptions.Web);
        var order = new Order("tea", 2, DateTimeOffset.UnixEpoch, [1, 2], new() { ["é"] = 0.5 }, Kind.Large);
        var packet = Decode(Wire.Parser, new(PacketType.Event, "/", serializer.SerializeEvent("order", [order])));
        Assert.Contains("\"productName\":\"tea\"", packet.Data.ToString(), StringComparison.Ordinal);
        var back = EventArguments.ForEvent(packet.Data, serializer).Get<Order>(0)!;
        Assert.Equal((order.ProductName, order.Amount, order.At, order.Kind), (back.ProductName, back.Amount, back.At, back.Kind));
        Assert.Equal(order.Seal, back.Seal);
        Assert.Equal(order.Extras, back.Extras);
    }

    private static Packet Decode(IPacketParser parser, Packet packet)
    {
        var encoded = parser.Encode(packet);
        var state = default(DecoderState);
        var status = parser.Decode(ToMessage(encoded.First), ref state, out var decoded);
        foreach (var frame in encoded.Rest.Span) status = parser.Decode(ToMessage(frame), ref state, out decoded);
        Assert.Equal(DecodeStatus.Complete, status);
        return decoded;
    }

    private static EngineMessage ToMessage(EngineFrame frame) => new(frame.IsBinary ? frame.Bytes : frame.Bytes[1..], frame.IsBinary);

    private static object? Value(Random random, int depth) => random.Next(depth < 5 ? 9 : 7) switch
    {
        0 => null,
        1 => random.Next(2) == 0,
        2 => random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(64),
        3 => BitConverter.Int64BitsToDouble(random.NextInt64(long.MinValue, long.MaxValue)),
        4 => Math.Round(random.NextDouble() * 1000, random.Next(4)),
        5 => s_texts[random.Next(s_texts.Length)],
        6 => Bytes(random),
        7 => Enumerable.Range(0, random.Next(20)).Select(_ => Value(random, depth + 1)).ToList(),
        _ => Enumerable.Range(0, random.Next(5)).ToDictionary(number => s_texts[random.Next(5)] + number, _ => Value(random, depth + 1)),
    };

    private static byte[] Bytes(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }

    private enum Kind
    {
        Small,
        Large,
    }

    private sealed record Order(string ProductName, int Amount, DateTimeOffset At, byte[] Seal, Dictionary<string, double> Extras, Kind Kind);
}
