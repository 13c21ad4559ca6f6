namespace SocketIO.Json;

/// <summary>A payload in pooled memory. Dispose it once its packet is encoded; nothing may keep the payload's JSON after that.</summary>
public readonly ref struct RentedPayload
{
    private readonly SerializationScratch _scratch;

    internal RentedPayload(SerializationScratch scratch)
    {
        _scratch = scratch;
        Payload = new(scratch.Buffer.WrittenMemory, scratch.Attachments.Take());
    }

    /// <summary>The payload.</summary>
    public Payload Payload { get; }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => _scratch?.Return();
}
