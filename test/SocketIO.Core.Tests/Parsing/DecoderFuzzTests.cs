using System.Text;
using SocketIO.Events;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Parsing;

[Trait("Spec", "SIO-LIM-05")]
public sealed class DecoderFuzzTests
{
    private static readonly string[] s_seeds =
    [
        """2["foo",1,"2",{"3":[true]},null]""",
        """52-/admin,13["baz",{"_placeholder":true,"num":0},[{"num":1,"_placeholder":true}]]""",
        """61-15["bar",{"_placeholder":true,"num":0}]""",
        """0/admin,{"token":"\ud83d\ude00\ud800"}""",
        """4{"message":"x","data":{"a":[1e400,-0]}}""",
        "312[]",
        """2["\u0063\n",{"_placeholder":true}]""",
    ];

    private static readonly byte[] s_alphabet = Encoding.UTF8.GetBytes("0123456/,-[]{}\":\\udDcnum_ \0\u001eé😀trufalse.eE+");

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Mutated_packets_are_results(int seed)
    {
        var random = new Random(seed);
        var state = default(DecoderState);
        for (var i = 0; i < 40_000; i++)
        {
            var message = Mutate(random, Encoding.UTF8.GetBytes(s_seeds[random.Next(s_seeds.Length)]));
            Feed(message, isBinary: random.Next(6) == 0, ref state);
        }
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public void Random_bytes_are_results(int seed)
    {
        var random = new Random(seed);
        var state = default(DecoderState);
        for (var i = 0; i < 40_000; i++)
        {
            var message = new byte[random.Next(60)];
            random.NextBytes(message);
            if (message.Length > 0 && random.Next(4) > 0) message[0] = (byte)('0' + random.Next(8));
            Feed(message, isBinary: random.Next(6) == 0, ref state);
        }
    }

    private static byte[] Mutate(Random random, byte[] message)
    {
        var bytes = message.ToList();
        for (var changes = random.Next(4); changes > 0 && bytes.Count > 0; changes--)
        {
            var position = random.Next(bytes.Count);
            switch (random.Next(4))
            {
                case 0:
                    bytes[position] = s_alphabet[random.Next(s_alphabet.Length)];
                    break;
                case 1:
                    bytes.Insert(position, s_alphabet[random.Next(s_alphabet.Length)]);
                    break;
                case 2:
                    bytes.RemoveRange(position, Math.Min(random.Next(1, 8), bytes.Count - position));
                    break;
                default:
                    bytes.InsertRange(position, bytes.GetRange(position, Math.Min(random.Next(1, 12), bytes.Count - position)));
                    break;
            }
        }

        return [.. bytes];
    }

    private static void Feed(byte[] message, bool isBinary, ref DecoderState state)
    {
        var status = Wire.Parser.Decode(new(message, isBinary), ref state, out var packet);
        Assert.Equal(status == DecodeStatus.Malformed, state.Error is not null);
        if (status == DecodeStatus.Malformed) state = default;
        if (status == DecodeStatus.Complete) Use(packet);
    }

    /// <summary>Whatever passes the decoder can be listened to: an argument that can't be read is an <see cref="EventBindingException"/>.</summary>
    private static void Use(Packet packet)
    {
        if (packet.Type is not (PacketType.Event or PacketType.Ack)) return;
        var arguments = packet.Type == PacketType.Event
            ? EventArguments.ForEvent(packet.Data, PayloadSerializer.Default)
            : EventArguments.ForAck(packet.Data, PayloadSerializer.Default);
        Assert.NotNull(arguments.Name);
        Assert.Equal(arguments.Count, arguments.Detach().ToArray().Length);
        Assert.Null(new ListenerTable().Find(arguments));
        Wire.Parser.Encode(packet);
        Try(() => arguments.Get<byte[]>(0));
        Try(() => arguments.Get<System.Text.Json.Nodes.JsonNode>(1));
        Try(() => arguments.Get<Dictionary<string, string>>(2));
        Try(() => arguments.Get<double>(0));
        Wire.Parser.Encode(new(packet.Type, "/", PayloadSerializer.Default.SerializeEvent("echo", arguments.ToArray())));
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
