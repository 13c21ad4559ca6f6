namespace Fuzz.Inputs;

/// <summary>Well-formed Socket.IO packets, and the pieces that they are made of.</summary>
public static class SocketCorpus
{
    public static readonly byte[][] Packets = FuzzInput.Utf8(
        "2[\"message\",1,\"2\",{\"3\":[true]},null]", "52-/admin,13[\"message\",{\"_placeholder\":true,\"num\":0},[{\"num\":1,\"_placeholder\":true}]]",
        "61-15[\"bar\",{\"_placeholder\":true,\"num\":0}]", "0/admin,{\"token\":\"\\ud83d\\ude00\\ud800\"}", "0", "0/a,", "1", "1/a,", "312[]", "3/a,0[{\"a\":-0.0}]",
        "4{\"message\":\"x\",\"data\":{\"a\":[1e400,-0]}}", "2[\"\\u0063\\n\",{\"_placeholder\":true}]", "2/a?b=c&d=%20%C3%A9,1[\"message\"]",
        "21[\"ask\",{\"a\":{\"b\":{\"c\":[[[[[[]]]]]]}}}]");

    public static readonly byte[][] Tokens =
    [
        [0xC3], [0xED, 0xA0, 0x80], [0xFF], [0],
        .. FuzzInput.Utf8(
            "[", "]", "{", "}", "{\"a\":", "\"", "\\", "\\u", "\\ud800", "\\udc00", "\\ud83d\\ude00", "\\u0000", ",", ":", "/", "/,", "-", "5-", "51e1-", "0", "9", "99999999999999999999",
            "1e400", "-0", "null", "true", "{\"_placeholder\":true,\"num\":0}", "{\"_placeholder\":true,\"num\":-1}", "\"num\":", "\"_placeholder\":true", "\"__proto__\":", "\"$type\":\"System.String\"",
            "😀", "é", " ", "\n", "\"disconnect\"", "[[[[", "[{},", "?", "a=b&", "%ff", "1-"),
    ];
}
