using System.Globalization;
using System.Text;
using System.Text.Json;
using SocketIO.Events;
using SocketIO.Json;

namespace SocketIO;

/// <summary>A received event or acknowledgement: its name and arguments, still as they came.</summary>
/// <remarks>Outside of a handler's parameters and the results of emits with acknowledgement it may be a view of a receive buffer: see
/// <see cref="Detach"/>.</remarks>
public readonly struct EventArguments
{
    private readonly PayloadSerializer? _serializer;

    // Null where the name stands in the JSON as it is.
    private readonly string? _name;
    private readonly int _nameStart;
    private readonly int _nameLength;
    private readonly bool _isDetached;

    private EventArguments(Payload payload, PayloadSerializer serializer, bool isDetached)
    {
        Payload = payload;
        _serializer = serializer;
        _isDetached = isDetached;
    }

    private EventArguments(in EventArguments origin, string? name, int nameStart, int nameLength, int firstArgument)
    {
        this = origin;
        _name = name;
        _nameStart = nameStart;
        _nameLength = nameLength;
        FirstArgument = firstArgument;
    }

    /// <summary>The event; empty for an acknowledgement. A name that came as a number is its text.</summary>
    public string Name => _name ?? Polyfills.Utf8ToString(Payload.Json.Span.Slice(_nameStart, _nameLength));

    /// <summary>How many arguments there are; the name is none of them. Counting reads them all.</summary>
    public int Count
    {
        get
        {
            var reader = GetReader();
            var count = 0;
            while (reader.TrySkip(out _)) count++;
            return count;
        }
    }

    /// <summary>The name and the arguments as they came.</summary>
    public Payload Payload { get; }

    internal PayloadSerializer Serializer => _serializer ?? PayloadSerializer.Default;

    internal int FirstArgument { get; }

    internal ReadOnlySpan<byte> Utf8Name =>
        _name is null ? Payload.Json.Span.Slice(_nameStart, _nameLength) : Encoding.UTF8.GetBytes(_name);

    /// <summary>An event.</summary>
    /// <param name="payload">The data of a decoded event packet; not copied.</param>
    /// <param name="serializer">What arguments are read with.</param>
    public static EventArguments ForEvent(Payload payload, PayloadSerializer serializer) =>
        ForEvent(payload, serializer, isDetached: false);

    /// <summary>An acknowledgement.</summary>
    /// <param name="payload">The data of a decoded acknowledgement packet, or none; not copied.</param>
    /// <param name="serializer">What arguments are read with.</param>
    public static EventArguments ForAck(Payload payload, PayloadSerializer serializer)
    {
        var start = payload.Json.Span.IndexOf((byte)'[') + 1;
        return new(new(payload, serializer, isDetached: false), "", 0, 0, firstArgument: start);
    }

    /// <summary>An acknowledgement of one argument.</summary>
    /// <param name="argument">The argument, or none; not copied, and taken to own its memory.</param>
    /// <param name="serializer">What it is read with.</param>
    public static EventArguments ForValue(Payload argument, PayloadSerializer serializer) =>
        new(new(argument, serializer, isDetached: true), "", 0, 0, firstArgument: 0);

    /// <summary>An event that did not come over the wire.</summary>
    /// <param name="serializer">What arguments are written and read with.</param>
    /// <param name="eventName">The name.</param>
    /// <param name="arguments">The arguments.</param>
    /// <exception cref="JsonException">A value has a cycle or nests too deep.</exception>
    /// <exception cref="NotSupportedException">A value's type can't be serialised.</exception>
    public static EventArguments Create(PayloadSerializer serializer, string eventName, ReadOnlySpan<object?> arguments) =>
        ForEvent(serializer.SerializeEvent(eventName, arguments), serializer, isDetached: true);

    /// <summary>Reads an argument. To read several, one <see cref="GetReader"/> is faster.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <param name="index">Its position, from 0.</param>
    /// <returns>The argument; the default value where there are not so many.</returns>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="T"/>.</exception>
    public T? Get<T>(int index)
    {
        var reader = GetReader();
        for (var i = 0; i < index; i++)
        {
            if (!reader.TrySkip(out _)) return default;
        }

        return reader.Read<T>();
    }

    /// <summary>A reader that stands before the first argument.</summary>
    public ArgumentReader GetReader() => new(this);

    /// <summary>The arguments, each as a <see cref="SocketIO.Payload"/> in memory of its own that can be read with
    /// <see cref="PayloadSerializer.Deserialize{T}"/> or be emitted again, with its bytes.</summary>
    public object?[] ToArray()
    {
        var values = new List<object?>();
        var reader = GetReader();
        while (reader.TrySkip(out var json)) values.Add(new Payload(json.ToArray(), Payload.Attachments));
        return [.. values];
    }

    /// <summary>The same arguments in memory of their own, so that they may be kept: themselves, where they already are.</summary>
    public EventArguments Detach() => _isDetached || _serializer is null
        ? this
        : new(new(Payload.Copy(), _serializer, isDetached: true), _name, _nameStart, _nameLength, FirstArgument);

    private static EventArguments ForEvent(Payload payload, PayloadSerializer serializer, bool isDetached)
    {
        var arguments = new EventArguments(payload, serializer, isDetached);
        var reader = new Utf8JsonReader(payload.Json.Span, PayloadSerializer.AnyDepth);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartArray || !reader.Read())
            return new(arguments, "", 0, 0, payload.Json.Length);
        var end = (int)reader.BytesConsumed;
        return reader.TokenType switch
        {
            JsonTokenType.String when !reader.ValueIsEscaped =>
                new(arguments, null, (int)reader.TokenStartIndex + 1, reader.ValueSpan.Length, end),
            JsonTokenType.String => new(arguments, Unescape(ref reader), 0, 0, end),
            JsonTokenType.Number => new(arguments, NumberName(ref reader), 0, 0, end),
            _ => new(arguments, "", 0, 0, end),
        };
    }

    private static string NumberName(ref Utf8JsonReader reader) =>
        reader.TryGetInt32(out var integer)
            ? integer.ToString(CultureInfo.InvariantCulture)
            : JavaScriptNumber.ToString(reader.GetDouble());

    private static string Unescape(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // Not Unicode. The default parser lets no such name pass, another one may.
            return Polyfills.Utf8ToString(reader.ValueSpan);
        }
    }
}
