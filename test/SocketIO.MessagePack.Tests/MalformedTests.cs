using System.Text;
using SocketIO.Parsing;

namespace SocketIO.MessagePack.Tests;

public sealed class MalformedTests
{
    private const string Type = "a474797065";
    private const string Namespace = "a36e7370";
    private const string Data = "a464617461";
    private const string Id = "a26964";

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [InlineData("")]
    [InlineData("c0")]
    [InlineData("c1")]
    [InlineData("90")]
    [InlineData("a0")]
    [InlineData("8100")]
    [InlineData("82a47479706500a36e7370a12f00")]
    [InlineData("82a47479706500a36e7370a12f c1")]
    [InlineData("83a47479706500a36e7370a12f")]
    public void Not_one_map(string hex) => Assert.Equal("!invalid MessagePack", Wire.Decode(hex.Replace(" ", "")));

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [InlineData("05")]
    [InlineData("06")]
    [InlineData("ff")]
    [InlineData("c0")]
    [InlineData("a130")]
    [InlineData("cb3ff8000000000000")]
    [InlineData("cb7ff8000000000000")]
    [InlineData("cb7ff0000000000000")]
    [InlineData("cfffffffffffffffff")]
    [InlineData("d40000")]
    [InlineData("c40100")]
    [InlineData("9100")]
    public void Type_is_an_integer_from_0_to_4(string type) =>
        Assert.Equal("!invalid packet type", Wire.Decode($"82{Type}{type}{Namespace}a12f"));

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [InlineData("00")]
    [InlineData("c0")]
    [InlineData("c4012f")]
    [InlineData("91a12f")]
    [InlineData("d40000")]
    public void Namespace_is_a_string(string ns) => Assert.Equal("!invalid namespace", Wire.Decode($"82{Type}00{Namespace}{ns}"));

    [Fact]
    public void Type_and_namespace_must_be_there()
    {
        Assert.Equal("!invalid packet type", Wire.Decode("80"));
        Assert.Equal("!invalid packet type", Wire.Decode($"81{Namespace}a12f"));
        Assert.Equal("!invalid namespace", Wire.Decode($"81{Type}00"));
        Assert.Equal("!invalid payload", Wire.Decode($"82{Type}02{Namespace}a12f"));
        Assert.Equal("!invalid payload", Wire.Decode($"82{Type}03{Namespace}a12f"));
        Assert.Equal("!invalid payload", Wire.Decode($"82{Type}04{Namespace}a12f"));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [Trait("Spec", "SEC-SIO-01")]
    [InlineData("00", "c0")]
    [InlineData("00", "90")]
    [InlineData("00", "a178")]
    [InlineData("00", "c40101")]
    [InlineData("00", "d7000000000000000000")]
    [InlineData("01", "80")]
    [InlineData("01", "c0")]
    [InlineData("02", "80")]
    [InlineData("02", "c0")]
    [InlineData("02", "a178")]
    [InlineData("02", "d40000")]
    [InlineData("02", "90")] // the reference takes it, and those that follow, for events that nobody receives
    [InlineData("02", "91c0")]
    [InlineData("02", "91c3")]
    [InlineData("02", "9190")]
    [InlineData("02", "9181a8746f537472696e67a178")]
    [InlineData("02", "91c40101")]
    [InlineData("02", "91cb7ff8000000000000")]
    [InlineData("03", "80")]
    [InlineData("03", "c0")]
    [InlineData("04", "c0")]
    [InlineData("04", "90")]
    [InlineData("04", "01")]
    [InlineData("04", "d40000")]
    public void Data_must_fit_the_type(string type, string data) =>
        Assert.Equal("!invalid payload", Wire.Decode($"83{Type}{type}{Data}{data}{Namespace}a12f"));

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [InlineData("9101")]
    [InlineData("91cb3ff8000000000000")]
    [InlineData("91ff")]
    public void A_number_may_name_an_event(string data) =>
        Assert.StartsWith("Event /", Wire.Decode($"83{Type}02{Data}{data}{Namespace}a12f"), StringComparison.Ordinal);

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [Trait("Spec", "SEC-SIO-05")]
    [InlineData("c0")]
    [InlineData("a131")]
    [InlineData("cb3ff8000000000000")]
    [InlineData("cb7ff0000000000000")]
    [InlineData("ff")] // the reference accepts this and greater numbers than it can hold
    [InlineData("cf0020000000000000")]
    [InlineData("cfffffffffffffffff")]
    public void Id_is_an_integer(string id) =>
        Assert.Equal("!invalid packet id", Wire.Decode($"84{Type}03{Data}90{Id}{id}{Namespace}a12f"));

    [Theory]
    [Trait("Spec", "SIO-MSG-09")]
    [InlineData("40")]
    [InlineData("0")]
    [InlineData("")]
    public void Text_is_malformed(string text)
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Malformed, Wire.Parser.Decode(new(Encoding.UTF8.GetBytes(text), isBinary: false), ref state, out _));
        Assert.NotNull(state.Error);
    }

    [Theory]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData("c70105ff")] // an unknown extension, which the reference takes for an array of its type and its bytes
    [InlineData("d405ff")]
    [InlineData("d5000000")]
    [InlineData("d60000000000")]
    [InlineData("d80000000000000000000000000000000000")]
    [InlineData("d5ff0000")]
    [InlineData("c700ff")]
    [InlineData("81c4010100")] // keys that are no simple values
    [InlineData("819000")]
    [InlineData("818000")]
    [InlineData("81d700000000000000000000")]
    public void Unknown_extensions_and_keys(string value)
    {
        Assert.Equal("!", Wire.Read(value));
        Assert.StartsWith("!invalid MessagePack", Wire.Decode(Wire.Event(value)), StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData(62, true)]
    [InlineData(63, true)]
    [InlineData(64, false)]
    [InlineData(200_000, false)]
    public void Depth_is_limited(int depth, bool isValid)
    {
        // The array of the arguments is a level of its own; as in the JSON parser.
        var arrays = Wire.Event(string.Concat(Enumerable.Repeat("91", depth - 1)) + "90");
        var maps = Wire.Event(string.Concat(Enumerable.Repeat("81a161", depth - 1)) + "80");
        var bytes = Wire.Event(string.Concat(Enumerable.Repeat("91", depth - 1)) + "c40101");
        foreach (var hex in (string[])[arrays, maps, bytes])
        {
            if (isValid) Assert.Equal(hex, Wire.Hex(Wire.Parser.Encode(new(PacketType.Event, "/", Wire.Receive(hex).Payload)).First.Bytes));
            else Assert.Equal("!nested too deep", Wire.Decode(hex));
        }
    }

    [Fact]
    public void Other_keys_may_nest_as_they_like()
    {
        var deep = string.Concat(Enumerable.Repeat("91", 200_000));
        Assert.Equal("Connect /", Wire.Decode($"83{Type}00{Namespace}a12fa178{deep}c0"));
        Assert.Equal("!invalid MessagePack", Wire.Decode($"83{Type}00{Namespace}a12fa178{deep}"));
        Assert.Equal("!invalid MessagePack", Wire.Decode($"83{Type}00{Namespace}a12fa178c1"));
    }

    [Fact]
    public void Depth_of_a_value_is_the_callers_choice()
    {
        Assert.True(MessagePackPayload.TryRead(Wire.Bytes("9190"), out _, maxDepth: 2));
        Assert.False(MessagePackPayload.TryRead(Wire.Bytes("9190"), out _, maxDepth: 1));
        Assert.False(MessagePackPayload.TryRead(Wire.Bytes("90"), out _, maxDepth: 0));
        Assert.True(MessagePackPayload.TryRead(Wire.Bytes("c0"), out _, maxDepth: 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessagePackPayload.TryRead(default, out _, maxDepth: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => MessagePackPayload.TryRead(default, out _, MessagePackPayload.MaxDepthLimit + 1));
        var deepest = string.Concat(Enumerable.Repeat("91", MessagePackPayload.MaxDepthLimit - 1)) + "90";
        Assert.True(MessagePackPayload.TryRead(Wire.Bytes(deepest), out _, MessagePackPayload.MaxDepthLimit));
    }
}
