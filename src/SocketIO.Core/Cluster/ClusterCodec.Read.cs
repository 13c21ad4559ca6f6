using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using SocketIO.Json;
using SocketIO.Parsing;

namespace SocketIO.Cluster;

// Whatever comes in is answered with a result: the channel is open to whoever reaches the store.
public static partial class ClusterCodec
{
    /// <summary>Reads a message.</summary>
    /// <param name="envelope">Its envelope. Not copied; payloads of the message are views of it.</param>
    /// <param name="message">The message.</param>
    /// <param name="error">What is wrong, without content.</param>
    /// <param name="ns">The namespace, where the sender names none; null where it has to.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryRead(
        Payload envelope, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? error, string? ns = null)
    {
        message = null;
        try
        {
            if (!TryPrepare(envelope, out var json, out error)) return false;
            int? type = null;
            var senderId = "";
            ReadOnlyMemory<byte> data = default;
            var members = new MemberReader(json, MaxDepth);
            while (members.MoveNext())
            {
                if (members.Is("type"u8)) type = ReadInt(members.Value);
                else if (members.Is("data"u8)) data = members.Value;
                else if (members.Is("uid"u8)) senderId = ReadString(members.Value) ?? "";
                else if (members.Is("nsp"u8)) ns = ReadString(members.Value) ?? ns;
            }

            error = type is null ? "no type" : ns is null ? "no namespace" : null;
            return error is null && TryReadMessage(type!.Value, senderId, ns!, new Payload(data, envelope.Attachments), out message, out error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = "no JSON";
            return false;
        }
    }

    /// <summary>Reads a message whose envelope came in another form.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="senderId">Its sender; empty for none.</param>
    /// <param name="ns">Its namespace.</param>
    /// <param name="data">Its <c>data</c>; empty for none. Not copied; payloads of the message are views of it.</param>
    /// <param name="message">The message.</param>
    /// <param name="error">What is wrong, without content.</param>
    /// <returns>False where it is none.</returns>
    public static bool TryReadData(
        int type, string senderId, string ns, Payload data, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? error)
    {
        message = null;
        try
        {
            ReadOnlyMemory<byte> json = default;
            if (!data.IsEmpty && !TryPrepare(data, out json, out error)) return false;
            return TryReadMessage(type, senderId, ns, new Payload(json, data.Attachments), out message, out error);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = "no JSON";
            return false;
        }
    }

    private static bool TryPrepare(Payload payload, out ReadOnlyMemory<byte> json, [NotNullWhen(false)] out string? error)
    {
        json = payload.Json;
        error = Polyfills.IsUtf8(json.Span) ? null : "no UTF-8";
        if (error is not null) return false;
        json = SurrogateRepair.Repair(json);
        if (payload.HasAttachments && !ArePlaceholdersInRange(json.Span, payload.Attachments.Length)) error = "illegal attachments";
        return error is null;
    }

    private static bool ArePlaceholdersInRange(ReadOnlySpan<byte> json, int attachments)
    {
        var walker = new PlaceholderWalker(json, new JsonReaderOptions { MaxDepth = MaxDepth }, stackalloc WalkedLevel[PlaceholderWalker.CommonDepth]);
        while (walker.Read())
        {
            if (walker.IsPlaceholderEnd && (uint)walker.PlaceholderNumber >= (uint)attachments) return false;
        }

        return true;
    }

    private static bool TryReadMessage(
        int type, string senderId, string ns, Payload data, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? error)
    {
        message = null;
        var kind = (ClusterMessageType)type;
        if (kind is < ClusterMessageType.InitialHeartbeat or > ClusterMessageType.AdapterClose)
        {
            error = "unknown type";
            return false;
        }

        if (kind is ClusterMessageType.InitialHeartbeat or ClusterMessageType.Heartbeat or ClusterMessageType.AdapterClose)
            message = new SignalMessage(kind, senderId, ns);
        else if (MessageMembers.TryRead(data, MaxDepth, out var members)) message = members.ToMessage(kind, senderId, ns);
        error = message is null ? $"malformed data of type {type}" : null;
        return message is not null;
    }

    internal static string? ReadString(ReadOnlyMemory<byte> json)
    {
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
    }

    internal static int? ReadInt(ReadOnlyMemory<byte> json) =>
        ReadLong(json) is >= int.MinValue and <= int.MaxValue and var value ? (int)value : null;

    internal static long? ReadLong(ReadOnlyMemory<byte> json)
    {
        if (json.IsEmpty) return null;
        var reader = new Utf8JsonReader(json.Span);
        return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var value) ? value : null;
    }
}
