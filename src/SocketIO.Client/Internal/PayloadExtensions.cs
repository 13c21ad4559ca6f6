namespace SocketIO.Client.Internal;

/// <summary>What a payload takes of the memory.</summary>
internal static class PayloadExtensions
{
    public static long Size(this Payload payload)
    {
        long size = payload.Json.Length;
        foreach (var attachment in payload.Attachments.Span) size += attachment.Length;
        return size;
    }
}
