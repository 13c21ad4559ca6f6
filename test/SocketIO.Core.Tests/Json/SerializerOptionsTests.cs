using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

[Trait("Spec", "SIO-JSON-09")]
public sealed partial class SerializerOptionsTests
{
    private const string First = """{"_placeholder":true,"num":0}""";

    [Fact]
    [Trait("Spec", "SIO-JSON-01")]
    public void Names_and_their_order_are_as_declared() =>
        Assert.Equal("""42["e",{"Zed":1,"alpha":null,"Mid":2}]""", Wire.EncodeEvent("e", new { Zed = 1, alpha = (string?)null, Mid = 2 }));

    [Fact]
    public void Options_of_the_user_hold()
    {
        var user = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            WriteIndented = true,
            DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        };
        var serializer = new PayloadSerializer(user);
        Assert.Equal("""42["e",{"zed":1}]""", Wire.EncodeEvent(serializer, "e", new { Zed = 1, Alpha = (string?)null }));

        // Web defaults read numbers from strings.
        var arguments = EventArguments.ForAck(new("""["1","2.5",{"ZED":"3"},"NaN"]"""u8.ToArray()), serializer);
        Assert.Equal(1, arguments.Get<int>(0));
        Assert.Equal(2.5, arguments.Get<double>(1));
        Assert.Equal(3, arguments.Get<Point>(2)!.Zed);
        Assert.Throws<EventBindingException>(() => arguments.Get<double>(3));
        Assert.False(user.IsReadOnly);
        Assert.Empty(user.Converters);
        Assert.True(serializer.Options.IsReadOnly);
    }

    [Fact]
    public void Number_handling_of_the_user_holds()
    {
        var serializer = new PayloadSerializer(
            new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals | JsonNumberHandling.WriteAsString });
        Assert.Equal(
            """["NaN","-Infinity","1e+21","0.1","7"]""",
            serializer.SerializeArguments([double.NaN, float.NegativeInfinity, 1e21, 0.1f, 7]).ToString());
        Assert.Equal(double.PositiveInfinity, EventArguments.ForAck(new("""["Infinity"]"""u8.ToArray()), serializer).Get<double>(0));
    }

    [Fact]
    public void Number_handling_of_a_property_holds()
    {
        Assert.Equal(
            """42["e",{"Named":"NaN","Text":"1.5","Plain":null,"Maybe":"NaN"}]""",
            Wire.EncodeEvent("e", new Handled { Named = double.NaN, Text = 1.5f, Plain = double.NaN, Maybe = double.NaN }));
        Assert.Equal(1.5f, Wire.Receive("""2["e",{"Named":1,"Text":"1.5","Plain":1,"Maybe":"NaN"}]""").Get<Handled>(0)!.Text);
    }

    [Fact]
    public void Converters_of_the_user_win()
    {
        var serializer = new PayloadSerializer(new() { Converters = { new UnixTimeConverter(), new JsonStringEnumConverter(), new ShoutConverter() } });
        Assert.Equal(
            """["HI",1700000000,"Monday"]""",
            serializer.SerializeArguments(["hi", DateTimeOffset.FromUnixTimeSeconds(1700000000).UtcDateTime, DayOfWeek.Monday]).ToString());
        Assert.Equal("hi", EventArguments.ForAck(new("""["HI"]"""u8.ToArray()), serializer).Get<string>(0));
    }

    [Fact]
    public void A_source_generated_context_suffices()
    {
        var serializer = new PayloadSerializer(new() { TypeInfoResolver = Context.Default });
        Assert.Equal(
            $$"""452-["up",{"Name":"a<é","Content":{{First}},"At":"1970-01-01T00:00:00.000Z","Size":null},[],{"_placeholder":true,"num":1}] <0102> <03>""",
            Wire.EncodeEvent(
                serializer, "up", new Upload("a<é", [1, 2], DateTime.UnixEpoch, double.NaN), Array.Empty<Upload>(), new ReadOnlyMemory<byte>([3])));

        var payload = new Payload(
            System.Text.Encoding.UTF8.GetBytes($$"""[{"Name":"a","Content":{{First}},"At":"1970-01-01T00:00:00.000Z","Size":1.5}]"""),
            new ReadOnlyMemory<byte>[] { new byte[] { 9 } });
        var upload = EventArguments.ForAck(payload, serializer).Get<Upload>(0)!;
        Assert.Equal([9], upload.Content);
        Assert.Equal(1.5, upload.Size);
    }

    [Fact]
    public void Basic_types_need_no_context()
    {
        var serializer = new PayloadSerializer(new() { TypeInfoResolver = Context.Default });
        Assert.Equal(
            """451-["e","s",1,2,true,0.5,null,"a",{"_placeholder":true,"num":0},{"x":1},"00000000-0000-0000-0000-000000000000",3.5,"1970-01-01T00:00:00.000Z"] <01>""",
            Wire.EncodeEvent(
                serializer, "e", "s", 1, 2L, true, 0.5, null, 'a', new byte[] { 1 }, JsonDocument.Parse("""{"x":1}""").RootElement, Guid.Empty, 3.5m,
                DateTimeOffset.UnixEpoch));
        var arguments = EventArguments.ForAck(new("""[1,null,"x",1.5]"""u8.ToArray()), serializer);
        Assert.Equal(1, arguments.Get<int?>(0));
        Assert.Null(arguments.Get<int?>(1));
        Assert.Equal("x", arguments.Get<object>(2)!.ToString());
        Assert.Equal("1.5", arguments.Get<Payload>(3).ToString());
        Assert.Throws<NotSupportedException>(() => serializer.SerializeArguments([new Point(1)]));
        Assert.ThrowsAny<Exception>(() => arguments.Get<Point>(0));
    }

    [Fact]
    public void A_converter_of_the_user_wins_without_reflection_as_well()
    {
        var serializer = new PayloadSerializer(new() { TypeInfoResolver = JsonTypeInfoResolver.Combine(), Converters = { new ShoutConverter() } });
        Assert.Equal("""["HI"]""", serializer.SerializeArguments(["hi"]).ToString());
    }

    private sealed record Point(int Zed);

    private sealed class Handled
    {
        [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
        public double Named { get; set; }

        [JsonNumberHandling(JsonNumberHandling.WriteAsString | JsonNumberHandling.AllowReadingFromString)]
        public float Text { get; set; }

        public double Plain { get; set; }

        [JsonNumberHandling(JsonNumberHandling.AllowNamedFloatingPointLiterals)]
        public double? Maybe { get; set; }
    }

    internal sealed record Upload(string Name, byte[] Content, DateTime At, double Size);

    [JsonSerializable(typeof(Upload[]))]
    internal sealed partial class Context : JsonSerializerContext;

    private sealed class UnixTimeConverter : JsonConverter<DateTime>
    {
        public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            DateTimeOffset.FromUnixTimeSeconds(reader.GetInt64()).UtcDateTime;

        public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
            writer.WriteNumberValue(new DateTimeOffset(value).ToUnixTimeSeconds());
    }

    private sealed class ShoutConverter : JsonConverter<string>
    {
        public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!.ToLowerInvariant();

        public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToUpperInvariant());
    }
}
