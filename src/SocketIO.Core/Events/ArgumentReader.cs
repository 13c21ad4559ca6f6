using System.Text.Json;
using SocketIO.Json;

namespace SocketIO.Events;

/// <summary>Reads the arguments of an event one after another, in one pass.</summary>
public ref struct ArgumentReader
{
    private readonly EventArguments _arguments;
    private int _position;
    private int _index;

    internal ArgumentReader(scoped in EventArguments arguments)
    {
        _arguments = arguments;
        _position = arguments.FirstArgument;
    }

    /// <summary>Reads the next argument.</summary>
    /// <typeparam name="T">Its type.</typeparam>
    /// <returns>The argument; the default value where there is no other.</returns>
    /// <exception cref="EventBindingException">The argument is no <typeparamref name="T"/>.</exception>
    public T? Read<T>() => TryEnter() ? Read(_arguments.Serializer.GetReader<T>()) : default;

    internal T? Read<T>(ValueReader<T> valueReader)
    {
        if (!TryEnter()) return default;
        var reader = new Utf8JsonReader(_arguments.Payload.Json.Span[_position..], _arguments.Serializer.ReaderOptions);
        var outer = AttachmentScope.Enter(_arguments.Payload.Attachments);
        try
        {
            reader.Read();
            var value = valueReader.Read(ref reader);
            _position += (int)reader.BytesConsumed;
            _index++;
            return value;
        }
        catch (Exception exception)
        {
            throw new EventBindingException(_arguments.Name, _index, typeof(T), exception);
        }
        finally
        {
            AttachmentScope.Leave(outer);
        }
    }

    /// <summary>Passes over an argument without reading it.</summary>
    /// <param name="value">Its JSON.</param>
    /// <returns>Whether there was one.</returns>
    internal bool TrySkip(out ReadOnlyMemory<byte> value)
    {
        value = default;
        if (!TryEnter()) return false;
        var reader = new Utf8JsonReader(_arguments.Payload.Json.Span[_position..], PayloadSerializer.AnyDepth);
        reader.Read();
        var start = (int)reader.TokenStartIndex;
        reader.Skip();
        value = _arguments.Payload.Json[(_position + start)..(_position + (int)reader.BytesConsumed)];
        _position += (int)reader.BytesConsumed;
        _index++;
        return true;
    }

    /// <summary>Moves to the start of the next argument.</summary>
    private bool TryEnter()
    {
        var json = _arguments.Payload.Json.Span;
        while (_position < json.Length)
        {
            switch (json[_position])
            {
                case (byte)',' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t':
                    _position++;
                    continue;
                case (byte)']':
                    return false;
                default:
                    return true;
            }
        }

        return false;
    }
}
