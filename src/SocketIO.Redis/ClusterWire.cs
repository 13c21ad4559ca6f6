using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using SocketIO.Cluster;
using SocketIO.MessagePack;

namespace SocketIO.Redis;

/// <summary>How messages of the cluster stand on a channel: JSON, or MessagePack where they hold bytes. The first byte tells.</summary>
internal static class ClusterWire
{
    // As deep as the JSON may be: eight levels of envelope around what a client may send.
    private const int MaxDepth = 72;

    public static ReadOnlyMemory<byte> Write(ClusterMessage message)
    {
        var envelope = ClusterCodec.Write(message);
        return envelope.HasAttachments ? WriteMessagePack(envelope) : envelope.Json;
    }

    public static ReadOnlyMemory<byte> WriteMessagePack(Payload envelope)
    {
        var output = new ArrayBufferWriter<byte>(envelope.Json.Length);
        MessagePackPayload.Write(envelope, output);
        return output.WrittenMemory;
    }

    /// <summary>Reads a message of either form.</summary>
    /// <param name="bytes">The message, which must stay as it is.</param>
    /// <param name="message">What it says.</param>
    /// <param name="error">What is wrong, without content.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bytes, [NotNullWhen(true)] out ClusterMessage? message, [NotNullWhen(false)] out string? error)
    {
        message = null;
        Payload envelope;
        if (bytes.IsEmpty)
        {
            error = "empty";
            return false;
        }

        if (bytes.Span[0] == (byte)'{') envelope = new Payload(bytes);
        else if (!MessagePackPayload.TryRead(bytes, out envelope, MaxDepth))
        {
            error = "neither JSON nor MessagePack";
            return false;
        }

        return ClusterCodec.TryRead(envelope, out message, out error);
    }

    /// <summary>How messages of a sender end, in both forms: its own, which come back, are known by that and need not be read.</summary>
    public static (byte[] Json, byte[] MessagePack) EndOf(string senderId, string ns)
    {
        var signal = ClusterCodec.Write(new SignalMessage(ClusterMessageType.Heartbeat, senderId, ns));
        var json = Encoding.UTF8.GetBytes("\"uid\":");
        byte[] messagePack = [0xa3, .. "uid"u8];
        return (From(signal.Json, json), From(WriteMessagePack(signal), messagePack));

        static byte[] From(ReadOnlyMemory<byte> bytes, byte[] start) => bytes[bytes.Span.IndexOf(start)..].ToArray();
    }
}
