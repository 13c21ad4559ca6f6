using System.Text.Json;
using SocketIO.Json;

namespace SocketIO.Parsing;

/// <summary>Reads the JSON of a packet once, and says whether it is valid for the packet.</summary>
internal static class PayloadValidator
{
    private const string Invalid = "invalid payload";

    /// <summary>Validates a payload.</summary>
    /// <param name="json">The JSON; replaced by a copy where it has lone surrogates, which become U+FFFD.</param>
    /// <param name="type">The type of the packet, not a binary one.</param>
    /// <param name="attachments">How many attachments it announces; none for a packet that is not binary.</param>
    /// <param name="maxAttachments">How many placeholders a binary packet may have.</param>
    /// <param name="maxDepth">How deep the JSON may nest.</param>
    /// <returns>What is wrong; null for nothing.</returns>
    internal static string? Validate(ref ReadOnlyMemory<byte> json, PacketType type, int attachments, int maxAttachments, int maxDepth)
    {
        // An acknowledgement of no data is no different from one of no arguments; a binary packet has at least an array.
        if (json.IsEmpty) return type == PacketType.Event || attachments > 0 ? Invalid : null;
        json = SurrogateRepair.Repair(json);
        try
        {
            return Walk(json.Span, type, attachments, maxAttachments, maxDepth);
        }
        catch (JsonException)
        {
            return Invalid;
        }
    }

    private static string? Walk(ReadOnlySpan<byte> json, PacketType type, int attachments, int maxAttachments, int maxDepth)
    {
        var levels = attachments > 0 ? stackalloc WalkedLevel[PlaceholderWalker.CommonDepth] : [];
        var walker = new PlaceholderWalker(json, new() { MaxDepth = maxDepth }, levels);
        walker.Read();
        if (!IsValidRoot(walker.Reader.TokenType, type)) return Invalid;
        if (type == PacketType.Event)
        {
            walker.Read();
            if (!IsValidName(ref walker.Reader)) return Invalid;
        }

        // An attachment may be named twice, but passed on, few bytes must not become many: so there is no placeholder within another, nor more than a packet may have
        // attachments.
        var (named, end) = (0, 0);
        while (walker.Read())
        {
            if (!walker.IsPlaceholderEnd) continue;
            if ((uint)walker.PlaceholderNumber >= (uint)attachments || walker.PlaceholderStart < end || ++named > maxAttachments) return "illegal attachments";
            end = (int)walker.Reader.BytesConsumed;
        }

        return null;
    }

    private static bool IsValidRoot(JsonTokenType root, PacketType type) => type switch
    {
        PacketType.Connect => root == JsonTokenType.StartObject,
        PacketType.ConnectError => root is JsonTokenType.StartObject or JsonTokenType.String,
        PacketType.Event or PacketType.Ack => root == JsonTokenType.StartArray,
        _ => false,
    };

    private static bool IsValidName(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Number) return true;
        if (reader.TokenType != JsonTokenType.String) return false;
        return reader.ValueIsEscaped ? !IsReservedWhenUnescaped(ref reader) : !ReservedEvents.Contains(reader.ValueSpan);
    }

    private static bool IsReservedWhenUnescaped(ref Utf8JsonReader reader) =>
        reader.ValueTextEquals("connect"u8) || reader.ValueTextEquals("connect_error"u8) || reader.ValueTextEquals("disconnect"u8)
        || reader.ValueTextEquals("disconnecting"u8) || reader.ValueTextEquals("newListener"u8) || reader.ValueTextEquals("removeListener"u8);
}
