using System.Text.Json;

namespace SocketIO.Json;

/// <summary>What serialising one payload needs: a buffer, a writer, a collector. One of them waits on each thread for the next
/// payload.</summary>
internal sealed class SerializationScratch
{
    [ThreadStatic]
    private static SerializationScratch? s_idle;

    private readonly PayloadSerializer _owner;
    private bool _isTaken;

    private SerializationScratch(PayloadSerializer owner)
    {
        _owner = owner;
        Writer = new(Buffer, owner.WriterOptions);
    }

    internal PooledBuffer Buffer { get; } = new();

    internal Utf8JsonWriter Writer { get; }

    internal AttachmentCollector Attachments { get; } = new();

    /// <summary>Takes the one of this thread, or a new one where it is in use (a converter that serialises another payload) or is of
    /// another serializer.</summary>
    internal static SerializationScratch Take(PayloadSerializer owner)
    {
        var scratch = s_idle;
        if (scratch?._owner != owner) scratch = new(owner);
        else s_idle = null;
        scratch._isTaken = true;
        return scratch;
    }

    /// <summary>Empties it and leaves it to this thread.</summary>
    internal void Return()
    {
        if (!_isTaken) return;
        _isTaken = false;
        Buffer.Dispose();
        Attachments.Clear();
        Writer.Reset(Buffer);
        s_idle = this;
    }
}
