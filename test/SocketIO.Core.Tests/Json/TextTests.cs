using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using SocketIO.Json;

namespace SocketIO.Core.Tests.Json;

public sealed class TextTests
{
    [Fact]
    [Trait("Spec", "SIO-JSON-02")]
    public void Only_what_must_be_escaped_is()
    {
        // As JSON.stringify writes it.
        const string Text = "é<&+'\" \\ \b\f\n\r\t\u0000\u000b\u001f\u007f\u2028\u2029😀/\ufeff\u0085";
        const string Expected = "é<&+'\\\" \\\\ \\b\\f\\n\\r\\t\\u0000\\u000b\\u001f\u007f\u2028\u2029😀/\ufeff\u0085";
        Assert.Equal($"42[\"{Expected}\"]", Wire.EncodeEvent(Text));
        Assert.Equal($"42[\"e\",\"{Expected}\"]", Wire.EncodeEvent("e", Text));
        Assert.Equal($"42[\"e\",{{\"{Expected}\":\"{Expected}\"}}]", Wire.EncodeEvent("e", new Dictionary<string, string> { [Text] = Text }));
        Assert.Equal($"42[\"e\",\"{Expected}\"]", Wire.EncodeEvent("e", JsonSerializer.SerializeToElement(Text)));
        Assert.Equal($"42[\"e\",\"{Expected}\"]", Wire.EncodeEvent("e", JsonValue.Create(Text)));
        Assert.Equal(Text, Wire.Receive(Wire.EncodeEvent("e", Text)[1..]).Get<string>(0));
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-02")]
    public void Every_character_is_written_as_JavaScript_does()
    {
        for (var c = 0; c < 0x10000; c++)
        {
            if (char.IsSurrogate((char)c)) continue;
            var expected = c switch
            {
                '"' => "\\\"",
                '\\' => @"\\",
                '\b' => @"\b",
                '\f' => @"\f",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                < 0x20 => $@"\u{c:x4}",
                _ => ((char)c).ToString(),
            };
            Assert.Equal($"[\"{expected}\"]", PayloadSerializer.Default.SerializeArguments([((char)c).ToString()]).ToString());
        }
    }

    // Not inline data: an attribute can't hold a lone surrogate.
    public static TheoryData<char[], string> Surrogates => new()
    {
        { ['\ud800'], "\ufffd" },
        { ['a', '\udc00', 'b'], "a\ufffdb" },
        { ['\ud83d', '\ude00'], "\ud83d\ude00" },
        { ['\ud83d', '\ud83d', '\ude00'], "\ufffd\ud83d\ude00" },
        { ['\ude00', '\ud83d'], "\ufffd\ufffd" },
        { ['\n', '\ud83d'], "\\n\ufffd" },
        { ['\ud83d', '\n'], "\ufffd\\n" },
        { ['é', '\ud83d'], "é\ufffd" },
    };

    [Theory]
    [Trait("Spec", "SIO-JSON-03")]
    [MemberData(nameof(Surrogates))]
    public void Lone_surrogates_become_the_replacement_character(char[] chars, string expected)
    {
        var text = new string(chars);
        var json = PayloadSerializer.Default.SerializeArguments([text, new Dictionary<string, int> { [text] = 1 }]).Json;
        Assert.Equal($$"""["{{expected}}",{"{{expected}}":1}]""", new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(json.Span));
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-05")]
    public void Dates_are_written_as_in_JavaScript()
    {
        var utc = new DateTime(2023, 11, 14, 22, 13, 20, 123, DateTimeKind.Utc).AddTicks(9999);
        const string Expected = "\"2023-11-14T22:13:20.123Z\"";
        Assert.Equal(
            $"[{Expected},{Expected},{Expected},{Expected},\"1970-01-01T00:00:00.000Z\",\"0001-01-01T00:00:00.000Z\",\"9999-12-31T23:59:59.999Z\"]",
            PayloadSerializer.Default.SerializeArguments(
            [
                utc, utc.ToLocalTime(), DateTime.SpecifyKind(utc, DateTimeKind.Unspecified), new DateTimeOffset(utc).ToOffset(TimeSpan.FromHours(5)),
                DateTime.UnixEpoch, DateTime.MinValue, DateTimeOffset.MaxValue,
            ]).ToString());
        Assert.Equal(
            $"[{{\"At\":{Expected}}}]", PayloadSerializer.Default.SerializeArguments([new { At = (DateTimeOffset?)new DateTimeOffset(utc) }]).ToString());
    }

    [Fact]
    [Trait("Spec", "SIO-JSON-05")]
    public void Dates_are_read_from_strings()
    {
        var arguments = Wire.Receive("""2["e","2023-11-14T22:13:20.123Z"]""");
        Assert.Equal(new DateTime(2023, 11, 14, 22, 13, 20, 123, DateTimeKind.Utc), arguments.Get<DateTime>(0));
        Assert.Equal(DateTimeKind.Utc, arguments.Get<DateTime>(0).Kind);
        Assert.Equal(TimeSpan.Zero, arguments.Get<DateTimeOffset>(0).Offset);
    }

    [Fact]
    public void Dates_and_numbers_may_be_keys()
    {
        var keys = PayloadSerializer.Default.SerializeArguments(
            [new Dictionary<double, int> { [1.5] = 1 }, new Dictionary<DateTime, int> { [DateTime.UnixEpoch] = 1 }]);
        Assert.Equal("""[{"1.5":1},{"1970-01-01T00:00:00Z":1}]""", keys.ToString());
    }
}
