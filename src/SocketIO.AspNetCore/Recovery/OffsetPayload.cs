using System.Text;

namespace SocketIO.AspNetCore.Recovery;

/// <summary>Payloads of stored events.</summary>
internal static class OffsetPayload
{
    /// <summary>Appends an offset to the arguments of an event.</summary>
    /// <param name="data">A JSON array with at least one element.</param>
    /// <param name="offset">Characters that JSON does not escape.</param>
    public static Payload Append(Payload data, string offset)
    {
        var array = data.Json.Span;
        var end = array.LastIndexOf((byte)']');
        var json = new byte[end + Encoding.UTF8.GetByteCount(offset) + 4];
        array[..end].CopyTo(json);
        json[end] = (byte)',';
        json[end + 1] = (byte)'"';
        Encoding.UTF8.GetBytes(offset, json.AsSpan(end + 2));
        json[^2] = (byte)'"';
        json[^1] = (byte)']';
        return new Payload(json, data.Attachments);
    }

    /// <summary>The same with attachments of its own: what is stored must not change when the application uses its buffers again.</summary>
    public static Payload OwnAttachments(Payload data)
    {
        if (!data.HasAttachments) return data;
        var attachments = new ReadOnlyMemory<byte>[data.Attachments.Length];
        for (var i = 0; i < attachments.Length; i++) attachments[i] = data.Attachments.Span[i].ToArray();
        return new Payload(data.Json, attachments);
    }
}
