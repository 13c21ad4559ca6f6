namespace SocketIO;

/// <summary>The data of a packet in its canonical form: UTF-8 JSON, in which <c>{"_placeholder":true,"num":N}</c> stands for attachment
/// N.</summary>
/// <remarks>As the type of a handler's argument, of a property or of an emitted argument a payload is "any value, with its bytes": it is
/// received as it came and may be emitted again. Payloads that an application receives own their memory.</remarks>
/// <param name="json">JSON, valid UTF-8; empty for no data. Not copied.</param>
/// <param name="attachments">The attachments, in the order of their numbers. Not copied.</param>
public readonly struct Payload(ReadOnlyMemory<byte> json, ReadOnlyMemory<ReadOnlyMemory<byte>> attachments = default)
{
    /// <summary>The JSON; empty where the packet has no data.</summary>
    public ReadOnlyMemory<byte> Json { get; } = json;

    /// <summary>The attachments, in the order of their numbers.</summary>
    public ReadOnlyMemory<ReadOnlyMemory<byte>> Attachments { get; } = attachments;

    /// <summary>Whether there is no data at all.</summary>
    public bool IsEmpty => Json.IsEmpty;

    /// <summary>Whether the payload has attachments.</summary>
    public bool HasAttachments => !Attachments.IsEmpty;

    /// <summary>The same payload with its JSON in memory of its own; attachments are shared.</summary>
    public Payload Copy() => new(Json.ToArray(), Attachments);

    /// <summary>The JSON as text, for diagnostics.</summary>
    public override string ToString() => Polyfills.Utf8ToString(Json.Span);
}
