namespace SocketIO.Parsing;

/// <summary>A packet whose attachments are still coming.</summary>
internal sealed class PendingPacket(PacketType type, string ns, long? id, byte[] json, int attachmentCount)
{
    private readonly List<ReadOnlyMemory<byte>> _attachments = [];

    /// <summary>The bytes of the attachments that are here.</summary>
    internal long AttachmentBytes { get; private set; }

    internal bool IsComplete => _attachments.Count == attachmentCount;

    internal void Add(ReadOnlyMemory<byte> attachment)
    {
        _attachments.Add(attachment.ToArray());
        AttachmentBytes += attachment.Length;
    }

    internal Packet ToPacket() => new(type, ns, new Payload(json, _attachments.ToArray()), id);
}
