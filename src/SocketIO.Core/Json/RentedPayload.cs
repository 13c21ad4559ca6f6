namespace SocketIO.Json;

/// <summary>A payload in pooled memory. Dispose it once its packet is encoded; nothing may keep the payload after that.</summary>
public readonly ref struct RentedPayload
{
    private readonly PooledBuffer? _buffer;

    internal RentedPayload(PooledBuffer buffer, ReadOnlyMemory<ReadOnlyMemory<byte>> attachments)
    {
        _buffer = buffer;
        Payload = new(buffer.WrittenMemory, attachments);
    }

    /// <summary>The payload.</summary>
    public Payload Payload { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _buffer?.Dispose();
}
