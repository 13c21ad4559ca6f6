using System.Text.Json;
using System.Text.Json.Serialization;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

[Trait("Spec", "SIO-ENC-23")]
public sealed class FailureTests
{
    [Fact]
    [Trait("Behaviour", "socket.io-parser/test/parser.js:85")]
    public void A_cycle_is_thrown_to_the_caller()
    {
        var cycle = new Node();
        cycle.Next = cycle;
        Assert.Throws<JsonException>(() => Wire.EncodeEvent("e", new byte[] { 1 }, cycle));
        Assert.Throws<JsonException>(() => PayloadSerializer.Default.SerializeValue(cycle));
        Assert.Throws<JsonException>(() => PayloadSerializer.Default.SerializeConnectError("m", cycle));
        AssertClean();
    }

    [Fact]
    public void An_unsupported_type_is_thrown_to_the_caller()
    {
        Assert.Throws<NotSupportedException>(() => Wire.EncodeEvent("e", new byte[] { 1 }, typeof(int)));
        Assert.Throws<NotSupportedException>(() => Wire.EncodeEvent("e", (Action)AssertClean));
        AssertClean();
    }

    [Fact]
    public void An_exception_of_the_users_code_is_thrown_to_the_caller()
    {
        Assert.Throws<InvalidTimeZoneException>(() => Wire.EncodeEvent("e", new byte[] { 1 }, new { Inner = new Thrower() }));
        AssertClean();
    }

    [Fact]
    public void A_value_may_serialise_another_payload_meanwhile()
    {
        // The getter emits an event of its own, and another that fails.
        Assert.Equal(
            """452-["e",{"_placeholder":true,"num":0},{"Inner":"[\u0022i\u0022,{\u0022_placeholder\u0022:true,\u0022num\u0022:0}]","Bytes":{"_placeholder":true,"num":1}}] <01> <03>"""
                .Replace("\\u0022", "\\\"", StringComparison.Ordinal),
            Wire.EncodeEvent("e", new byte[] { 1 }, new Nested()));
        AssertClean();
    }

    [Fact]
    public void Reading_may_read_another_payload_meanwhile()
    {
        var serializer = new PayloadSerializer(new() { Converters = { new ReadingConverter() } });
        var payload = new Payload("""[{"_placeholder":true,"num":0},0,{"_placeholder":true,"num":0}]"""u8.ToArray(), new ReadOnlyMemory<byte>[] { new byte[] { 5 } });
        var arguments = EventArguments.ForAck(payload, serializer);
        Assert.Equal([5], arguments.Get<byte[]>(0));
        Assert.Equal([6], arguments.Get<Holder>(1)!.Bytes);
        Assert.Equal([5], arguments.Get<byte[]>(2));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<byte[]>("""{"_placeholder":true,"num":0}""", serializer.Options));
    }

    [Fact]
    public void The_writer_refuses_what_is_too_deep()
    {
        object nested = 1;
        for (var i = 0; i < 70; i++) nested = new[] { nested };
        Assert.Throws<JsonException>(() => Wire.EncodeEvent("e", nested));
        AssertClean();
    }

    private static void AssertClean()
    {
        Assert.Null(AttachmentCollector.Current);
        Assert.True(AttachmentScope.Current.IsEmpty);
        Assert.Equal("""451-["ok",{"_placeholder":true,"num":0}] <02>""", Wire.EncodeEvent("ok", new byte[] { 2 }));
        Assert.Equal("\"Ag==\"", JsonSerializer.Serialize<byte[]>([2], PayloadSerializer.Default.Options));
    }

    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private sealed class Thrower
    {
        public byte[] Bytes { get; } = [1];

        public int Value => Bytes.Length > 0 ? throw new InvalidTimeZoneException() : 0;
    }

    private sealed class Nested
    {
        public string Inner
        {
            get
            {
                Assert.Throws<InvalidTimeZoneException>(() => PayloadSerializer.Default.SerializeArguments([new Thrower()]));
                return PayloadSerializer.Default.SerializeEvent("i", [Bytes]).ToString();
            }
        }

        public byte[] Bytes { get; } = [3];
    }

    private sealed record Holder(byte[] Bytes);

    private sealed class ReadingConverter : JsonConverter<Holder>
    {
        public override Holder Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            var inner = new Payload("""{"_placeholder":true,"num":0}"""u8.ToArray(), new ReadOnlyMemory<byte>[] { new byte[] { 6 } });
            return new(PayloadSerializer.Default.Deserialize<byte[]>(inner)!);
        }

        public override void Write(Utf8JsonWriter writer, Holder value, JsonSerializerOptions options) => throw new NotSupportedException();
    }
}
