using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace SocketIO.Json;

/// <summary>Turns .NET values into <see cref="Payload"/>s and back, as JavaScript's <c>JSON</c> would. Thread-safe; make one and keep
/// it.</summary>
/// <remarks>
/// <para><c>byte[]</c>, <see cref="Memory{T}"/>, <see cref="ReadOnlyMemory{T}"/> and <see cref="ArraySegment{T}"/> of <see cref="byte"/>
/// become attachments wherever they stand. Their content is referenced, not copied, until the packet is written.</para>
/// <para>As in JavaScript, and unlike System.Text.Json by itself: only what must be escaped is, NaN and infinities are null, and dates are
/// UTC with milliseconds.</para>
/// <para>The methods that serialise throw <see cref="JsonException"/> where a value has a cycle or nests too deep and
/// <see cref="NotSupportedException"/> where there is no way to serialise its type; nothing is left behind then.</para>
/// </remarks>
public sealed partial class PayloadSerializer
{
    /// <summary>For walks over JSON whose depth a parser has already limited.</summary>
    internal static readonly JsonReaderOptions AnyDepth = new() { MaxDepth = int.MaxValue };

    private readonly ConcurrentDictionary<Type, object> _readers = new();
    private readonly JsonTypeInfo<object?> _objectInfo;

    // Whether strings, integers and booleans are written as they are: the user has no say in them.
    private readonly bool _isPlain;

    /// <summary>A serializer.</summary>
    /// <param name="options">How values become JSON; copied. Null for names that are written as declared
    /// and read in any case, and, where the application allows it, reflection.
    /// An application without reflection sets its <see cref="JsonSerializerOptions.TypeInfoResolver"/>; primitive types need no entry
    /// there.</param>
    public PayloadSerializer(JsonSerializerOptions? options = null)
    {
        Options = SerializerSetup.CreateOptions(options);
        WriterOptions = new() { Encoder = Options.Encoder, SkipValidation = true };
        ReaderOptions = new() { MaxDepth = Options.MaxDepth };
        _objectInfo = (JsonTypeInfo<object?>)Options.GetTypeInfo(typeof(object));
        _isPlain = Options.NumberHandling == JsonNumberHandling.Strict
            && IsStandard(JsonMetadataServices.StringConverter) && IsStandard(JsonMetadataServices.Int32Converter)
            && IsStandard(JsonMetadataServices.BooleanConverter);
    }

    /// <summary>A serializer with default options.</summary>
    public static PayloadSerializer Default { get; } = new();

    /// <summary>The options in use: a read-only copy of the user's, with the converters that the protocol needs.</summary>
    public JsonSerializerOptions Options { get; }

    internal JsonWriterOptions WriterOptions { get; }

    internal JsonReaderOptions ReaderOptions { get; }

    /// <summary>Reads one value.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="payload">JSON of one value, and its attachments. The empty payload gives the default value.</param>
    /// <exception cref="JsonException">The value is no <typeparamref name="T"/>.</exception>
    public T? Deserialize<T>(Payload payload)
    {
        if (payload.IsEmpty) return default;
        var reader = new Utf8JsonReader(payload.Json.Span, ReaderOptions);
        var outer = AttachmentScope.Enter(payload.Attachments);
        try
        {
            reader.Read();
            return GetReader<T>().Read(ref reader);
        }
        catch (Exception exception) when (exception is InvalidOperationException or FormatException)
        {
            throw new JsonException($"The value is no {typeof(T)}.", exception);
        }
        finally
        {
            AttachmentScope.Leave(outer);
        }
    }

    internal ValueReader<T> GetReader<T>() =>
        _readers.TryGetValue(typeof(T), out var reader)
            ? (ValueReader<T>)reader
            : (ValueReader<T>)_readers.GetOrAdd(typeof(T), new ValueReader<T>(Options));

    private bool IsStandard<T>(JsonConverter<T> converter) => Options.GetTypeInfo(typeof(T)).Converter.GetType() == converter.GetType();
}
