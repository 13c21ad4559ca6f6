using System.Buffers;
using System.Text;
using System.Text.Json;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Core.Tests.Json;

/// <summary>A <see cref="Payload"/> as a value: received as it came, emitted again with its bytes.</summary>
public sealed class PayloadTests
{
    [Fact]
    public void Arguments_are_emitted_again_as_they_came()
    {
        const string Message = """2["message",1,"2",{"3":[true,1.50,"\u00e9"]},null]""";
        Assert.Equal("4" + Message, Wire.EncodeEvent("message", Wire.Receive(Message).ToArray()));
    }

    [Fact]
    public void Attachments_are_renumbered_and_those_of_other_arguments_left_out()
    {
        var arguments = Wire.Receive(
            """53-["m",{"_placeholder":true,"num":1},{"x":[{"_placeholder":true,"num":2},{"_placeholder":true,"num":2}]}]""", [0], [1], [2]);
        Assert.Equal(
            """454-["n",{"_placeholder":true,"num":0},{"x":[{"_placeholder":true,"num":1},{"_placeholder":true,"num":2}]},{"_placeholder":true,"num":3}] <09> <02> <02> <01>""",
            Wire.EncodeEvent("n", new byte[] { 9 }, arguments.ToArray()[1], arguments.ToArray()[0]));
    }

    [Fact]
    public void A_property_may_be_any_value_with_its_bytes()
    {
        var envelope = Wire.Receive("""52-["m",{"Id":7,"Body":{"b":{"_placeholder":true,"num":1}}}]""", [0], [1]).Get<Envelope>(0)!;
        Assert.Equal(7, envelope.Id);
        Assert.Equal([1], PayloadSerializer.Default.Deserialize<Dictionary<string, byte[]>>(envelope.Body)!["b"]);
        Assert.Equal("""451-["m",{"Id":7,"Body":{"b":{"_placeholder":true,"num":0}}}] <01>""", Wire.EncodeEvent("m", envelope));
    }

    [Fact]
    public void An_empty_payload_is_null() => Assert.Equal("""42["m",null,{"Id":1,"Body":null}]""", Wire.EncodeEvent("m", default(Payload), new Envelope(1, default)));

    [Fact]
    public void Bytes_become_base64_where_there_are_no_attachments()
    {
        var arguments = Wire.Receive("""51-["m",{"a":[{"_placeholder":true,"num":0},1]}]""", [1, 2, 3, 4]);
        Assert.Equal("""{"a":["AQIDBA==",1]}""", PayloadSerializer.Default.SerializeValue(arguments.Get<Payload>(0)).ToString());
    }

    [Fact]
    public void Deep_json_is_passed_on()
    {
        var deep = new string('[', 40) + """{"_placeholder":true,"num":0}""" + new string(']', 40);
        Assert.Equal($"451-[\"n\",{deep}] <05>", Wire.EncodeEvent("n", Wire.Receive($"51-[\"m\",{deep}]", [5]).ToArray()));
    }

    [Fact]
    public void A_payload_reads_as_any_type()
    {
        var payload = new Payload(Encoding.UTF8.GetBytes("""{"Id":3}"""));
        Assert.Equal(3, PayloadSerializer.Default.Deserialize<Envelope>(payload)!.Id);
        Assert.Null(PayloadSerializer.Default.Deserialize<Envelope>(default));
        Assert.Throws<JsonException>(() => PayloadSerializer.Default.Deserialize<int>(payload));
        Assert.Throws<JsonException>(() => PayloadSerializer.Default.Deserialize<string>(payload));
    }

    [Fact]
    public void Rented_memory_is_used_again()
    {
        for (var i = 0; i < 3; i++)
        {
            using var rented = PayloadSerializer.Default.RentEvent("e", [i, new byte[] { (byte)i }]);
            Assert.Equal($$"""["e",{{i}},{"_placeholder":true,"num":0}]""", rented.Payload.ToString());
            using var second = PayloadSerializer.Default.RentArguments(["other"]);
            Assert.Equal("""["other"]""", second.Payload.ToString());
            Assert.Equal($$"""["e",{{i}},{"_placeholder":true,"num":0}]""", rented.Payload.ToString());
        }
    }

    [Fact]
    public void Emitting_a_string_allocates_nothing()
    {
        object?[] arguments = ["hello", "world"];
        var lent = new LentMemory(new byte[100]);
        var bytes = Allocations.PerCall(() =>
        {
            using var rented = PayloadSerializer.Default.RentEvent("chat", arguments);
            Wire.Parser.Encode(new(PacketType.Event, "/", rented.Payload), lent);
        });

        Assert.Equal(0, bytes);
    }

    private sealed class LentMemory(byte[] bytes) : IBufferWriter<byte>
    {
        public void Advance(int count)
        {
        }

        public Memory<byte> GetMemory(int sizeHint = 0) => bytes;

        public Span<byte> GetSpan(int sizeHint = 0) => bytes;
    }

    private sealed record Envelope(int Id, Payload Body);
}
