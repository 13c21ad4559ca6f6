using System.Text.Json;

namespace SocketIO.Json;

public sealed partial class PayloadSerializer
{
    /// <summary>The data of a CONNECT that grants a namespace.</summary>
    /// <param name="sid">The id of the socket.</param>
    /// <param name="pid">The private id, where recovery is on.</param>
    public static Payload SerializeGrant(string sid, string? pid = null)
    {
        var scratch = SerializationScratch.Take(Default);
        var writer = scratch.Writer;
        writer.WriteStartObject();
        writer.WriteString("sid"u8, sid);
        if (pid is not null) writer.WriteString("pid"u8, pid);
        writer.WriteEndObject();
        return Finish(scratch);
    }

    /// <summary>The data of an event, in memory of its own.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments.</param>
    public Payload SerializeEvent(string eventName, ReadOnlySpan<object?> arguments) => Finish(WriteArray(eventName, arguments));

    /// <summary>The data of an acknowledgement, in memory of its own.</summary>
    /// <param name="arguments">Its arguments.</param>
    public Payload SerializeArguments(ReadOnlySpan<object?> arguments) => Finish(WriteArray(null, arguments));

    /// <summary>The data of an event, in pooled memory: for a packet that is encoded at once.</summary>
    /// <param name="eventName">The name of the event.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The payload, to be disposed.</returns>
    public RentedPayload RentEvent(string eventName, ReadOnlySpan<object?> arguments) => new(WriteArray(eventName, arguments));

    /// <summary>The data of an acknowledgement, in pooled memory: for a packet that is encoded at once.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>The payload, to be disposed.</returns>
    public RentedPayload RentArguments(ReadOnlySpan<object?> arguments) => new(WriteArray(null, arguments));

    /// <summary>The data of a CONNECT: one value, in which bytes are base64. Null gives the empty payload.</summary>
    /// <param name="value">The value.</param>
    public Payload SerializeValue(object? value)
    {
        if (value is null) return default;
        var scratch = SerializationScratch.Take(this);
        var outer = AttachmentCollector.Enter(null);
        try
        {
            WriteValue(scratch.Writer, value);
        }
        catch
        {
            scratch.Return();
            throw;
        }
        finally
        {
            AttachmentCollector.Leave(outer);
        }

        return Finish(scratch);
    }

    /// <summary>The data of a CONNECT_ERROR; bytes in it are base64.</summary>
    /// <param name="message">The message.</param>
    /// <param name="data">Details for the client; null to write none.</param>
    public Payload SerializeConnectError(string message, object? data = null)
    {
        var scratch = SerializationScratch.Take(this);
        var outer = AttachmentCollector.Enter(null);
        try
        {
            var writer = scratch.Writer;
            writer.WriteStartObject();
            writer.WriteString("message"u8, message);
            if (data is not null)
            {
                writer.WritePropertyName("data"u8);
                WriteValue(writer, data);
            }

            writer.WriteEndObject();
        }
        catch
        {
            scratch.Return();
            throw;
        }
        finally
        {
            AttachmentCollector.Leave(outer);
        }

        return Finish(scratch);
    }

    private static Payload Finish(SerializationScratch scratch)
    {
        scratch.Writer.Flush();
        var payload = new Payload(scratch.Buffer.WrittenSpan.ToArray(), scratch.Attachments.Take());
        scratch.Return();
        return payload;
    }

    private SerializationScratch WriteArray(string? eventName, ReadOnlySpan<object?> arguments)
    {
        var scratch = SerializationScratch.Take(this);
        var outer = AttachmentCollector.Enter(scratch.Attachments);
        try
        {
            var writer = scratch.Writer;
            writer.WriteStartArray();
            if (eventName is not null) writer.WriteStringValue(eventName);
            foreach (var argument in arguments) WriteValue(writer, argument);
            writer.WriteEndArray();
            writer.Flush();
            return scratch;
        }
        catch
        {
            scratch.Return();
            throw;
        }
        finally
        {
            AttachmentCollector.Leave(outer);
        }
    }

    /// <summary>Writes a value by the type that it has, not by one that it is declared with.</summary>
    private void WriteValue(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text when _isPlain:
                writer.WriteStringValue(text);
                break;
            case int number when _isPlain:
                writer.WriteNumberValue(number);
                break;
            case bool flag when _isPlain:
                writer.WriteBooleanValue(flag);
                break;
            default:
                JsonSerializer.Serialize(writer, value, _objectInfo);
                break;
        }
    }
}
