namespace SocketIO.Json;

/// <summary>The attachments of the payload that this thread is reading, for the converters to find.</summary>
internal static class AttachmentScope
{
    [ThreadStatic]
    private static ReadOnlyMemory<ReadOnlyMemory<byte>> s_attachments;

    internal static ReadOnlyMemory<ReadOnlyMemory<byte>> Current => s_attachments;

    /// <summary>Begins to read a payload.</summary>
    /// <returns>What <see cref="Leave"/> needs.</returns>
    internal static ReadOnlyMemory<ReadOnlyMemory<byte>> Enter(ReadOnlyMemory<ReadOnlyMemory<byte>> attachments)
    {
        var outer = s_attachments;
        s_attachments = attachments;
        return outer;
    }

    internal static void Leave(ReadOnlyMemory<ReadOnlyMemory<byte>> outer) => s_attachments = outer;
}
