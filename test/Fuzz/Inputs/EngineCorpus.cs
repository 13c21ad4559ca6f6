namespace Fuzz.Inputs;

/// <summary>Well-formed Engine.IO packets and payloads, and the pieces that they are made of.</summary>
public static class EngineCorpus
{
    public static readonly byte[][] Frames = FuzzInput.Utf8(
        "0{\"sid\":\"lv_VI97HAXpY6yYWAAAC\",\"upgrades\":[\"websocket\"],\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000000}",
        "1", "2", "2probe", "3", "3probe", "4hello", "4é€😀", "42[\"message\",1]", "5", "6", "bAQIDBA==", "b", "bAQ", "b4AQIDBA==", "b4-_-_", "4");

    public static readonly byte[][] Payloads =
    [
        .. FuzzInput.Utf8(
            "4hello\u001e2\u001e4€", "bAQIDBA==\u001e4x\u001ebAQI", "3", "40\u001e42[\"message\"]\u001e41", "6:4hello2:4€", "10:b4AQIDBA==2:4x", "1:2",
            "2:4😀", "3:4😀", "0:", "3:4ab1:63:4cd"),
        [0, 6, 255, .. "4hello"u8],
        [1, 5, 255, 4, 1, 2, 3, 4, 0, 2, 255, .. "4x"u8],
        [0, 1, 2, 255, .. "4hello world"u8],
        [0, 1, 255, .. "3"u8, 1, 1, 255, 4],
    ];

    public static readonly byte[][] Tokens =
    [
        [0x1E], [0], [1], [255], [0, 1, 255], [1, 1, 255], [9], [9, 9, 9, 9, 9, 9, 9, 9, 9, 9],
        [0xC3], [0xC3, 0x28], [0xED, 0xA0, 0x80], [0xF0, 0x9F], [0xC0, 0x80], [0xFF],
        .. FuzzInput.Utf8(
            ":", "1:", "0:", "-1:", "01:", "1:2", "2:4😀", "9999999999:", "99999999999:", "1e1:", " ", "=", "==", "-_", "+/", "b", "b4", "b4A", "2\u001e", "4\u001e",
            "3", "6", "7", "😀", "\0", "\r\n", "{\"sid\":1}", "\"sid\":\"x\",", "\"upgrades\":[[[", "\"pingInterval\":-1", "1e400", "\\ud800", "{", "}", "[", "]"),
    ];
}
