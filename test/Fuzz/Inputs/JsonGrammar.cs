using System.Globalization;
using System.Text;

namespace Fuzz.Inputs;

/// <summary>Writes JSON, with what is rare in it: placeholders, escapes, surrogates, strange numbers, depth, doubled keys.</summary>
public static class JsonGrammar
{
    private static readonly string[] s_scalars =
    [
        "null", "true", "false", "0", "-0", "1", "-1", "1.5", "1e400", "-1e-400", "9007199254740993", "18446744073709551616", "\"\"", "\"text\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\ud83d\\ude00\"", "\"😀é\"", "\"\\u0000\"", "\"AQID\"", "\"2024-01-01T00:00:00.000Z\"", "[]", "{}",
    ];

    private static readonly string[] s_keys =
        ["a", "b", "", "num", "_placeholder", "__proto__", "toString", "$type", "$values", "$ref", "$id", "\\u006eum", "\\ud800", "type"];

    private static readonly string[] s_numbers = ["0", "1", "9", "10", "-1", "1.5", "\"0\"", "null", "1e0", "4294967296", "true", "[0]"];

    private static readonly string[] s_names =
    [
        "\"message\"", "\"\"", "\"connect\"", "\"connect_error\"", "\"disconnect\"", "\"disconnecting\"", "\"newListener\"", "\"removeListener\"",
        "\"error\"", "\"disconnect\\u0069ng\"", "\"__proto__\"", "\"\\ud800\"", "1", "1e3", "-0.5", "null", "{}", "[]", "true", "\"é😀\"",
    ];

    public static string Value(FuzzInput input, int depth = 0) => input.Random.Next(depth > 6 ? 1 : 5) switch
    {
        0 or 1 => input.Pick(s_scalars),
        2 => $"[{Join(input, depth, Value)}]",
        3 => $"{{{Join(input, depth, Property)}}}",
        _ => Placeholder(input),
    };

    /// <summary>The array of an event, its name first; now and then something else.</summary>
    public static string Event(FuzzInput input) =>
        input.Chance(12) ? Value(input) : $"[{(input.Chance(3) ? input.Pick(s_names) : "\"message\"")}{Arguments(input)}]";

    /// <summary>A Socket.IO packet: <c>type [n-] [/nsp,] [id] [json]</c>.</summary>
    public static string Packet(FuzzInput input)
    {
        var text = new StringBuilder();
        int type = input.Random.Next(8);
        text.Append(type.ToString(CultureInfo.InvariantCulture));
        if (type is 5 or 6 || input.Chance(20)) text.Append(input.Pick((string[])["1-", "2-", "3-", "10-", "11-", "0-", "-", "-1-", "1e1-", "99999999999-", "1"]));
        if (input.Chance(2)) text.Append(input.Pick((string[])["/,", "/a,", "/admin,", "/a?b=c&d=%20,", "/é,", "/", "/x", ",", "/a/b?,", "/b?x=%ED%A0%80,"]));
        if (input.Chance(2)) text.Append(input.Pick((string[])["0", "1", "12", "007", "9007199254740991", "9007199254740992", "-1", "99999999999999999999"]));
        text.Append(type switch
        {
            0 or 4 => input.Chance(2) ? "" : Value(input),
            1 => input.Chance(8) ? Value(input) : "",
            3 or 6 => $"[{Join(input, 0, Value)}]",
            _ => Event(input),
        });
        return text.ToString();
    }

    private static string Arguments(FuzzInput input) => string.Concat(Enumerable.Range(0, input.Random.Next(5)).Select(_ => "," + Value(input)));

    private static string Placeholder(FuzzInput input) => input.Random.Next(4) switch
    {
        0 => $"{{\"_placeholder\":true,\"num\":{input.Pick(s_numbers)}}}",
        1 => $"{{\"num\":{input.Pick(s_numbers)},\"_placeholder\":true,\"x\":{Value(input, 7)}}}",
        2 => "{\"_placeholder\":true}",
        _ => $"{{\"_placeholder\":true,\"num\":{input.Random.Next(3)}}}",
    };

    private static string Property(FuzzInput input, int depth) => $"\"{input.Pick(s_keys)}\":{Value(input, depth)}";

    private static string Join(FuzzInput input, int depth, Func<FuzzInput, int, string> item) =>
        string.Join(',', Enumerable.Range(0, input.Random.Next(5)).Select(_ => item(input, depth + 1)));
}
