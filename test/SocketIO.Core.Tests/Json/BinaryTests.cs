using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

public sealed class BinaryTests
{
    private const string First = """{"_placeholder":true,"num":0}""";
    private const string Second = """{"_placeholder":true,"num":1}""";
    private const string Third = """{"_placeholder":true,"num":2}""";

    [Fact]
    [Trait("Spec", "SIO-BIN-01")]
    [Trait("Spec", "SIO-ENC-18")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:15")]
    [Trait("Behaviour", "socket.io-parser/test/arraybuffer.js:45")]
    public void Attachments_are_numbered_depth_first() =>
        Assert.Equal(
            $$"""453-["a",{{First}},{"x":[{{Second}}],"y":{{Third}}}] <01> <02> <03>""",
            Wire.EncodeEvent("a", new byte[] { 1 }, new { x = new[] { new byte[] { 2 } }, y = new byte[] { 3 } }));

    [Fact]
    [Trait("Spec", "SIO-BIN-02")]
    public void Equal_buffers_are_sent_twice()
    {
        byte[] bytes = [7];
        Assert.Equal($"452-[\"a\",{First},{Second}] <07> <07>", Wire.EncodeEvent("a", bytes, bytes));
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-06")]
    [Trait("Behaviour", "socket.io-parser/test/arraybuffer.js:7")]
    public void Every_type_of_bytes()
    {
        byte[] bytes = [0, 1, 2, 3];
        Assert.Equal(
            "454-[\"a\"," + string.Join(',', Enumerable.Range(0, 4).Select(i => $$"""{"_placeholder":true,"num":{{i}}}""")) + "] <00010203> <0102> <0203> <03>",
            Wire.EncodeEvent("a", bytes, bytes.AsMemory(1, 2), (ReadOnlyMemory<byte>)bytes.AsMemory(2), new ArraySegment<byte>(bytes, 3, 1)));

        var arguments = Wire.Receive($"51-[\"a\",{First},{First},{First},{First}]", bytes);
        Assert.Equal(bytes, arguments.Get<byte[]>(0));
        Assert.Equal(bytes, arguments.Get<Memory<byte>>(1).ToArray());
        Assert.Equal(bytes, arguments.Get<ReadOnlyMemory<byte>>(2).ToArray());
        Assert.Equal(bytes, arguments.Get<ArraySegment<byte>>(3).ToArray());
        Assert.Equal(bytes, arguments.Get<ReadOnlyMemory<byte>?>(3)!.Value.ToArray());
    }

    [Fact]
    [Trait("Spec", "SIO-BIN-06")]
    [Trait("Behaviour", "socket.io-parser/test/buffer.js:15")]
    public void Bytes_in_a_users_type()
    {
        var file = new Upload("a.txt", [1, 2], [new(null, null, [])]);
        var sent = Wire.EncodeEvent("up", file);
        Assert.Equal($$"""451-["up",{"Name":"a.txt","Content":{{First}},"Parts":[{"Name":null,"Content":null,"Parts":[]}]}] <0102>""", sent);

        var received = Wire.Receive(sent[1..^7], [1, 2]).Get<Upload>(0)!;
        Assert.Equal("a.txt", received.Name);
        Assert.Equal([1, 2], received.Content);
        Assert.Null(received.Parts[0].Content);
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-10")]
    public void Bytes_in_what_a_converter_writes()
    {
        var serializer = new PayloadSerializer(new() { Converters = { new ImageConverter() } });
        Assert.Equal($$"""451-["i",{"type":"png","data":{{First}}}] <0102>""", Wire.EncodeEvent(serializer, "i", new Image([1, 2])));
    }

    [Fact]
    public void Bytes_may_stand_in_a_string_as_base64()
    {
        var arguments = Wire.Receive("""2["e","AQID","%",{"Content":"AQID","Parts":[]},null]""");
        Assert.Equal([1, 2, 3], arguments.Get<byte[]>(0));
        Assert.Throws<EventBindingException>(() => arguments.Get<byte[]>(1));
        Assert.Equal([1, 2, 3], arguments.Get<Upload>(2)!.Content);
        Assert.Null(arguments.Get<byte[]>(3));
        Assert.True(arguments.Get<ReadOnlyMemory<byte>>(3).IsEmpty);
    }

    [Fact]
    public void Bytes_outside_of_a_payload_are_base64()
    {
        Assert.Equal("\"AQID\"", JsonSerializer.Serialize<byte[]>([1, 2, 3], PayloadSerializer.Default.Options));
        Assert.Equal([1, 2, 3], JsonSerializer.Deserialize<byte[]>("\"AQID\"", PayloadSerializer.Default.Options));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<byte[]>(First, PayloadSerializer.Default.Options));
    }

    [Fact]
    public void Json_of_any_kind_may_be_an_argument()
    {
        using var document = JsonDocument.Parse("""{"a":[1,"é"]}""");
        Assert.Equal(
            """42["e",{"a":[1,"é"]},{"a":[1,"é"]},{"b":1},[2],"x",null]""",
            Wire.EncodeEvent("e", document, document.RootElement, new JsonObject { ["b"] = 1 }, new JsonArray(2), JsonValue.Create("x"), null));

        var arguments = Wire.Receive("""2["e",{"a":[1]}]""");
        Assert.Equal(1, arguments.Get<JsonElement>(0).GetProperty("a")[0].GetInt32());
        Assert.Equal(1, (int)arguments.Get<JsonNode>(0)!["a"]![0]!);
        using var received = arguments.Get<JsonDocument>(0)!;
        Assert.Equal(1, received.RootElement.GetProperty("a").GetArrayLength());
    }

    [Fact]
    [Trait("Spec", "SRV-EMIT-08")]
    public void Arguments_are_serialised_at_once_and_bytes_are_referenced()
    {
        byte[] bytes = [1];
        var list = new List<int> { 1 };
        var payload = PayloadSerializer.Default.SerializeEvent("e", [list, bytes]);
        list.Add(2);
        bytes[0] = 9;
        Assert.Equal($"[\"e\",[1],{First}]", payload.ToString());
        Assert.Equal("09", Wire.Hex(payload.Attachments.Span[0]));
    }

    [Fact]
    [Trait("Behaviour", "socket.io-parser/test/arraybuffer.js:62")]
    [Trait("Behaviour", "socket.io-parser/test/arraybuffer.js:72")]
    public void Null_stays_beside_bytes_and_encoding_changes_no_argument()
    {
        var argument = new { a = new byte[] { 1 }, b = (string?)null, c = new object?[] { null, new byte[] { 2 } } };
        var expected = $$"""452-["e",{"a":{{First}},"b":null,"c":[null,{{Second}}]}] <01> <02>""";
        Assert.Equal(expected, Wire.EncodeEvent("e", argument));
        Assert.Equal(expected, Wire.EncodeEvent("e", argument));

        var received = Wire.Receive($$"""52-["e",{{First}},null,{"a":{{Second}},"b":null}]""", [1], [2]);
        Assert.Equal([1], received.Get<byte[]>(0));
        Assert.Null(received.Get<byte[]>(1));
        Assert.Equal(new Dictionary<string, byte[]?> { ["a"] = [2], ["b"] = null }, received.Get<Dictionary<string, byte[]?>>(2));
    }

    [Fact]
    public void A_received_array_is_not_copied_again()
    {
        var arguments = Wire.Receive($"51-[\"a\",{First}]", [1, 2]);
        Assert.Same(arguments.Get<byte[]>(0), arguments.Get<byte[]>(0));
    }

    private sealed record Upload(string? Name, byte[]? Content, Upload[] Parts);

    private sealed record Image(byte[] Data);

    private sealed class ImageConverter : JsonConverter<Image>
    {
        public override Image Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException();

        public override void Write(Utf8JsonWriter writer, Image value, JsonSerializerOptions options) =>
            JsonSerializer.Serialize(writer, new { type = "png", data = value.Data }, options);
    }
}
