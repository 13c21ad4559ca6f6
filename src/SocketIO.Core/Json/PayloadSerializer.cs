using System.Collections.Concurrent;
using System.Text.Json;

namespace SocketIO.Json;

/// <summary>Turns .NET values into <see cref="Payload"/>s and back, as JavaScript's <c>JSON</c> would. Thread-safe; make one and keep it.</summary>
/// <remarks><c>byte[]</c>, <see cref="Memory{T}"/>, <see cref="ReadOnlyMemory{T}"/> and <see cref="ArraySegment{T}"/> of <see cref="byte"/> become
/// attachments wherever they stand. Their content is referenced, not copied, until the packet is written.</remarks>
public sealed class PayloadSerializer
{
    /// <summary>For walks over JSON whose depth a parser has already limited.</summary>
    internal static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ConcurrentDictionary<Type, object> _readers = new();

    /// <summary>A serializer.</summary>
    /// <param name="options">How values become JSON; copied. Null for names as declared and, where the application allows it, reflection.</param>
    public PayloadSerializer(JsonSerializerOptions? options = null)
    {
        Options = options!;
    }

    /// <summary>A serializer with default options.</summary>
    public static PayloadSerializer Default { get; } = new();

    /// <summary>The options in use: a read-only copy of the user's, with the converters that the protocol needs.</summary>
    public JsonSerializerOptions Options { get; }

    /// <summary>The data of an event.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="JsonException">A value has a cycle or nests too deep.</exception>
    /// <exception cref="NotSupportedException">A value's type can't be serialised.</exception>
    public Payload SerializeEvent(string eventName, ReadOnlySpan<object?> arguments) => throw new NotSupportedException();

    /// <summary>The data of an acknowledgement.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <exception cref="JsonException">A value has a cycle or nests too deep.</exception>
    /// <exception cref="NotSupportedException">A value's type can't be serialised.</exception>
    public Payload SerializeArguments(ReadOnlySpan<object?> arguments) => throw new NotSupportedException();

    /// <summary>Like <see cref="SerializeEvent"/>, into pooled memory: for a packet that is encoded at once.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments.</param>
    public RentedPayload RentEvent(string eventName, ReadOnlySpan<object?> arguments) => throw new NotSupportedException();

    /// <summary>Like <see cref="SerializeArguments"/>, into pooled memory.</summary>
    /// <param name="arguments">The arguments.</param>
    public RentedPayload RentArguments(ReadOnlySpan<object?> arguments) => throw new NotSupportedException();

    /// <summary>The data of a CONNECT or CONNECT_ERROR: one value, in which bytes are base64. Null gives the empty payload.</summary>
    /// <param name="value">The value.</param>
    /// <exception cref="JsonException">A value has a cycle or nests too deep.</exception>
    /// <exception cref="NotSupportedException">A value's type can't be serialised.</exception>
    public Payload SerializeValue(object? value) => throw new NotSupportedException();

    /// <summary>The data of a CONNECT that grants a namespace.</summary>
    /// <param name="sid">The id of the socket.</param>
    /// <param name="pid">The private id, where recovery is on.</param>
    public static Payload SerializeGrant(string sid, string? pid = null) => throw new NotSupportedException();

    /// <summary>The data of a CONNECT_ERROR.</summary>
    /// <param name="message">The message.</param>
    /// <param name="data">Details for the client; null to write none.</param>
    public Payload SerializeConnectError(string message, object? data = null) => throw new NotSupportedException();

    /// <summary>Reads one value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="payload">JSON of one value, and its attachments. The empty payload gives the default value.</param>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(Payload payload) => throw new NotSupportedException();

    internal JsonReaderOptions ReaderOptions => new() { MaxDepth = Options.MaxDepth };

    internal ValueReader<T> GetReader<T>() =>
        _readers.TryGetValue(typeof(T), out var reader)
            ? (ValueReader<T>)reader
            : (ValueReader<T>)_readers.GetOrAdd(typeof(T), new ValueReader<T>(Options));
}
