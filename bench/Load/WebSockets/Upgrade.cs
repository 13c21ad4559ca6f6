using System.Text;

namespace Load.WebSockets;

/// <summary>The opening handshake (RFC 6455, section 4), with the key of the specification's own example.</summary>
internal static class Upgrade
{
    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> StatusLine => "HTTP/1.1 101 "u8;

    private static ReadOnlySpan<byte> Accept => "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="u8;

    public static byte[] Request(string path) => Encoding.ASCII.GetBytes(
        $"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n" +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");

    /// <summary>Reads the answer's head; false when it has not come whole yet.</summary>
    public static bool TryReadResponse(ReadOnlySpan<byte> bytes, out int length)
    {
        var end = bytes.IndexOf(EndOfHead);
        length = end + EndOfHead.Length;
        if (end < 0) return false;
        var head = bytes[..end];
        if (!head.StartsWith(StatusLine) || head.IndexOf(Accept) < 0)
            throw new LoadException($"the upgrade was refused: {Encoding.UTF8.GetString(head)}");
        return true;
    }
}
