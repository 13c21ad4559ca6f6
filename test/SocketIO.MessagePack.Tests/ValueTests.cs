using System.Text.Json;

namespace SocketIO.MessagePack.Tests;

// The bytes were made by notepack.io 2.2.0, from the value that the JSON is in JavaScript.
public sealed class ValueTests
{
    [Theory]
    [Trait("Spec", "SIO-MSG-06")]
    [InlineData("0", "00")]
    [InlineData("127", "7f")]
    [InlineData("128", "cc80")]
    [InlineData("255", "ccff")]
    [InlineData("256", "cd0100")]
    [InlineData("65535", "cdffff")]
    [InlineData("65536", "ce00010000")]
    [InlineData("2147483647", "ce7fffffff")]
    [InlineData("2147483648", "ce80000000")]
    [InlineData("4294967295", "ceffffffff")]
    [InlineData("4294967296", "cf0000000100000000")]
    [InlineData("9007199254740991", "cf001fffffffffffff")]
    [InlineData("9007199254740992", "cf0020000000000000")]
    [InlineData("9223372036854775808", "cf8000000000000000")]
    [InlineData("-1", "ff")]
    [InlineData("-32", "e0")]
    [InlineData("-33", "d0df")]
    [InlineData("-128", "d080")]
    [InlineData("-129", "d1ff7f")]
    [InlineData("-32768", "d18000")]
    [InlineData("-32769", "d2ffff7fff")]
    [InlineData("-2147483648", "d280000000")]
    [InlineData("-2147483649", "d3ffffffff7fffffff")]
    [InlineData("-9007199254740992", "d3ffe0000000000000")]
    [InlineData("-9223372036854775808", "d38000000000000000")]
    [InlineData("1.5", "cb3ff8000000000000")]
    [InlineData("-0.1", "cbbfb999999999999a")]
    [InlineData("1e-7", "cb3e7ad7f29abcaf48")]
    [InlineData("9007199254740993", "cf0020000000000001")] // JavaScript rounds
    [InlineData("18446744073709551615", "cfffffffffffffffff")] // JavaScript rounds
    [InlineData("18446744073709552000", "cb43f0000000000000")] // notepack.io writes 0
    [InlineData("1e+21", "cb444b1ae4d6e2ef50")] // notepack.io writes its low 64 bits
    [InlineData("-1e+21", "cbc44b1ae4d6e2ef50")]
    [InlineData("1.7976931348623157e+308", "cb7fefffffffffffff")]
    public void Number(string json, string hex)
    {
        Assert.Equal(hex, Wire.Write(json));
        Assert.Equal(json, Wire.Read(hex));
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-06")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData("-0", "00")]
    [InlineData("-0.0", "00")]
    [InlineData("1.0", "01")]
    [InlineData("1e3", "cd03e8")]
    [InlineData("128e-1", "cb402999999999999a")]
    [InlineData("1e400", "cb7ff0000000000000")]
    [InlineData("-1e400", "cbfff0000000000000")]
    public void Number_that_JavaScript_writes_otherwise(string json, string hex) => Assert.Equal(hex, Wire.Write(json));

    [Theory]
    [Trait("Spec", "SIO-MSG-06")]
    [InlineData("cc00", "0")]
    [InlineData("cd0001", "1")]
    [InlineData("ce00000002", "2")]
    [InlineData("cf0000000000000003", "3")]
    [InlineData("d07f", "127")]
    [InlineData("d17fff", "32767")]
    [InlineData("d27fffffff", "2147483647")]
    [InlineData("d37fffffffffffffff", "9223372036854775807")]
    [InlineData("d3ffffffffffffffff", "-1")]
    [InlineData("ca3fc00000", "1.5")]
    [InlineData("ca3dcccccd", "0.10000000149011612")]
    [InlineData("ca80000000", "0")]
    [InlineData("cb8000000000000000", "0")]
    [InlineData("cb3ff0000000000000", "1")]
    [InlineData("cb7ff0000000000000", "null")]
    [InlineData("cbfff0000000000000", "null")]
    [InlineData("cb7ff8000000000000", "null")]
    [InlineData("ca7fc00000", "null")]
    public void Number_in_another_form(string hex, string json) => Assert.Equal(json, Wire.Read(hex));

    [Theory]
    [Trait("Spec", "SIO-MSG-07")]
    [InlineData("", "a0")]
    [InlineData("a", "a161")]
    [InlineData("é", "a2c3a9")]
    [InlineData("漢", "a3e6bca2")]
    [InlineData("😀", "a4f09f9880")]
    [InlineData("\0\n\"\\\u001f\u007f", "a6000a225c1f7f")]
    public void Text(string text, string hex)
    {
        Assert.Equal($"83a47479706502a464617461 92a165{hex} a36e7370a12f".Replace(" ", ""), Wire.EncodeEvent("e", text));
        Assert.Equal(text, Wire.Receive(Wire.Event(hex)).Get<string>(0));
        Assert.Equal(hex, Wire.Write(JsonSerializer.Serialize(text))); // escaped
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-07")]
    [InlineData(31, "bf")]
    [InlineData(32, "d920")]
    [InlineData(255, "d9ff")]
    [InlineData(256, "da0100")]
    [InlineData(65535, "daffff")]
    [InlineData(65536, "db00010000")]
    public void Text_of_any_length(int length, string head)
    {
        var json = $"\"{new string('x', length)}\"";
        Assert.Equal(head + string.Concat(Enumerable.Repeat("78", length)), Wire.Write(json));
        Assert.Equal(json, Wire.Read(Wire.Write(json)));
        var escaped = $"\"{new string('x', length - 1)}\\n\"";
        Assert.Equal(escaped, Wire.Read(Wire.Write(escaped)));
    }

    [Theory]
    [Trait("Spec", "SIO-JSON-03")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData("a1ff", "\"\ufffd\"")]
    [InlineData("a361ff62", "\"a\ufffdb\"")]
    [InlineData("a3eda080", "\"\ufffd\ufffd\ufffd\"")] // a surrogate by itself
    [InlineData("a4f09081b8", "\"\U00010078\"")] // what notepack.io makes of one before an "x"
    [InlineData("81a1ff01", "{\"\ufffd\":1}")]
    [InlineData("d921 ff2022000a 78787878787878787878787878787878787878787878787878787878", "\"\ufffd \\\"\\u0000\\nxxxxxxxxxxxxxxxxxxxxxxxxxxxx\"")]
    public void Text_that_is_not_Unicode(string hex, string json) => Assert.Equal(json, Wire.Read(hex.Replace(" ", "")));

    [Theory]
    [Trait("Spec", "SIO-JSON-03")]
    [InlineData(@"""\ud800""", "a3efbfbd")]
    [InlineData(@"""\ud83d\ude00\ude00""", "a7f09f9880efbfbd")]
    [InlineData(@"{""\udc00"":0}", "81a3efbfbd00")]
    public void Lone_surrogates_become_the_replacement_character(string json, string hex) => Assert.Equal(hex, Wire.Write(json));

    [Theory]
    [Trait("Spec", "SIO-MSG-07")]
    [InlineData(0, "90", "80")]
    [InlineData(15, "9f", "8f")]
    [InlineData(16, "dc0010", "de0010")]
    [InlineData(65535, "dcffff", "deffff")]
    [InlineData(65536, "dd00010000", "df00010000")]
    public void Containers_of_any_size(int count, string array, string map)
    {
        var json = $"[{string.Join(',', Enumerable.Repeat("0", count))}]";
        Assert.Equal(array + string.Concat(Enumerable.Repeat("00", count)), Wire.Write(json));
        Assert.Equal(json, Wire.Read(Wire.Write(json)));
        json = $"{{{string.Join(',', Enumerable.Range(0, count).Select(number => $"\"{number}\":[]"))}}}";
        Assert.StartsWith(map, Wire.Write(json), StringComparison.Ordinal);
        Assert.Equal(json, Wire.Read(Wire.Write(json)));
    }

    [Theory]
    [InlineData("null", "c0")]
    [InlineData("true", "c3")]
    [InlineData("false", "c2")]
    [InlineData("""{"b":1,"a":{"c":[]},"":null,"é":true}""", "84a16201a16181a16390a0c0a2c3a9c3")]
    [InlineData("[[],[[{}]],{\"a\":[{}]}]", "9390919180 81a1619180")]
    public void Value(string json, string hex)
    {
        Assert.Equal(hex.Replace(" ", ""), Wire.Write(json));
        Assert.Equal(json, Wire.Read(Wire.Write(json)));
    }

    [Theory]
    [InlineData("810102", """{"1":2}""")]
    [InlineData("81ff02", """{"-1":2}""")]
    [InlineData("81cb3ff800000000000002", """{"1.5":2}""")]
    [InlineData("81cb800000000000000002", """{"0":2}""")]
    [InlineData("81cb7ff000000000000002", """{"Infinity":2}""")]
    [InlineData("81cfffffffffffffffff02", """{"18446744073709552000":2}""")]
    [InlineData("81c002", """{"null":2}""")]
    [InlineData("82c202c302", """{"false":2,"true":2}""")]
    [InlineData("81d4000002", """{"undefined":2}""")]
    public void Keys_become_text(string hex, string json) => Assert.Equal(json, Wire.Read(hex));

    [Theory]
    [Trait("Spec", "SIO-MSG-03")]
    [InlineData("d40000", "null")]
    [InlineData("94d4000082a161d40000a1620191d40001c0", """[null,{"b":1},[null],null]""")]
    [InlineData("81a161d40000", "{}")]
    public void Undefined_is_what_it_is_in_JSON(string hex, string json) => Assert.Equal(json, Wire.Read(hex));

    [Fact]
    public void Nothing_is_nil()
    {
        Assert.Equal("c0", Wire.Write(""));
        Assert.ThrowsAny<JsonException>(() => Wire.Write("[1,"));
        Assert.ThrowsAny<JsonException>(() => Wire.Write("[1}"));
        Assert.ThrowsAny<JsonException>(() => Wire.Write("[1]]"));
    }
}
