using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Load.Polling;

/// <summary>An answer of a server that keeps the connection open. Its body lies in the buffer as it is.</summary>
internal readonly ref struct HttpResponse
{
    private const int StatusOffset = 9; // behind "HTTP/1.1 "

    public int Status { get; private init; }

    public ReadOnlySpan<byte> Body { get; private init; }

    private static ReadOnlySpan<byte> EndOfHead => "\r\n\r\n"u8;

    private static ReadOnlySpan<byte> ContentLength => "\r\ncontent-length:"u8;

    private static ReadOnlySpan<byte> Chunked => "\r\ntransfer-encoding: chunked"u8;

    private static ReadOnlySpan<byte> LastChunk => "\r\n0\r\n\r\n"u8;

    /// <summary>Reads the answer at the beginning of the bytes; false when it has not come whole yet.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, out HttpResponse response, out int length)
    {
        response = default;
        length = 0;
        var end = bytes.IndexOf(EndOfHead);
        if (end < 0) return false;
        var head = bytes[..end];
        var start = end + EndOfHead.Length;
        if (!Utf8Parser.TryParse(head[StatusOffset..], out int status, out _)) throw Unreadable(head);

        var body = 0;
        var trailer = 0;
        if (Find(head, ContentLength) is >= 0 and var field)
        {
            if (!Utf8Parser.TryParse(head[field..].TrimStart((byte)' '), out body, out _)) throw Unreadable(head);
        }
        else if (Find(head, Chunked) >= 0)
        {
            if (!TryReadChunk(bytes, ref start, out body)) return false;
            trailer = body == 0 ? 0 : LastChunk.Length;
        }

        length = start + body + trailer;
        if (bytes.Length < length) return false;
        if (trailer > 0 && !bytes[(start + body)..length].SequenceEqual(LastChunk)) throw Unreadable(head);
        response = new() { Status = status, Body = bytes.Slice(start, body) };
        return true;
    }

    // Small answers come in one chunk; of no chunk at all, the end ("0\r\n\r\n") is taken for the size line.
    private static bool TryReadChunk(ReadOnlySpan<byte> bytes, ref int start, out int size)
    {
        size = 0;
        var line = bytes[start..].IndexOf("\r\n"u8);
        if (line < 0) return false;
        size = int.Parse(Encoding.ASCII.GetString(bytes.Slice(start, line)), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        start += line + (size == 0 ? 4 : 2);
        return true;
    }

    // Field names are compared without regard to case; where the value begins.
    private static int Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> field)
    {
        for (var rest = head; ;)
        {
            var line = rest.IndexOf((byte)'\r');
            if (line < 0) return -1;
            rest = rest[line..];
            if (rest.Length >= field.Length && Ascii.EqualsIgnoreCase(rest[..field.Length], field)) return head.Length - rest.Length + field.Length;
            rest = rest[1..];
        }
    }

    private static LoadException Unreadable(ReadOnlySpan<byte> head) => new($"an answer that cannot be read: {Encoding.UTF8.GetString(head)}");
}
