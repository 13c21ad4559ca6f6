namespace SocketIO.Json;

/// <summary>The bytes that this thread has met while it serialises a payload.</summary>
internal sealed class AttachmentCollector
{
    [ThreadStatic]
    private static AttachmentCollector? s_current;

    private readonly List<ReadOnlyMemory<byte>> _attachments = [];

    /// <summary>Where bytes go; null where they are to be base64.</summary>
    internal static AttachmentCollector? Current => s_current;

    /// <summary>Begins to collect on this thread.</summary>
    /// <param name="collector">Where bytes go; null for base64.</param>
    /// <returns>What <see cref="Leave"/> needs.</returns>
    internal static AttachmentCollector? Enter(AttachmentCollector? collector)
    {
        var outer = s_current;
        s_current = collector;
        return outer;
    }

    internal static void Leave(AttachmentCollector? outer) => s_current = outer;

    /// <summary>Adds bytes.</summary>
    /// <returns>Their number.</returns>
    internal int Add(ReadOnlyMemory<byte> bytes)
    {
        _attachments.Add(bytes);
        return _attachments.Count - 1;
    }

    /// <summary>Takes what was collected, and is empty again.</summary>
    internal ReadOnlyMemory<byte>[] Take()
    {
        if (_attachments.Count == 0) return [];
        ReadOnlyMemory<byte>[] taken = [.. _attachments];
        _attachments.Clear();
        return taken;
    }

    internal void Clear() => _attachments.Clear();
}
