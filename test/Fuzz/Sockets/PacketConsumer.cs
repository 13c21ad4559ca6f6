using System.Text.Json;
using System.Text.Json.Nodes;
using SocketIO;
using SocketIO.Events;
using SocketIO.Json;
using SocketIO.Parsing;

namespace Fuzz.Sockets;

/// <summary>Uses a decoded packet as an application would: whatever passes a decoder can be listened to, read, passed on and refused.</summary>
internal static class PacketConsumer
{
    private static readonly PayloadSerializer s_serializer = PayloadSerializer.Default;

    public static void Use(in Packet packet)
    {
        Assert.NotNull(packet.Namespace);
        Assert.True(packet.Type is not (PacketType.BinaryEvent or PacketType.BinaryAck));
        if (packet.Type is PacketType.Event or PacketType.Ack) UseArguments(packet);
        else UseData(packet.Data);
    }

    private static void UseArguments(in Packet packet)
    {
        var arguments = packet.Type == PacketType.Event
            ? EventArguments.ForEvent(packet.Data, s_serializer)
            : EventArguments.ForAck(packet.Data, s_serializer);
        Assert.Equal(arguments.Name, arguments.Detach().Name);
        int count = arguments.Count;
        var values = arguments.ToArray();
        Assert.Equal(count, values.Length);
        Assert.Null(new ListenerTable().Find(arguments));

        // 1. One by one, as all sorts of types.
        for (int i = 0; i < Math.Min(count, 8); i++)
        {
            ReadAs<string>(arguments, i);
            ReadAs<int>(arguments, i);
            ReadAs<double>(arguments, i);
            ReadAs<decimal>(arguments, i);
            ReadAs<bool?>(arguments, i);
            ReadAs<DateTime>(arguments, i);
            ReadAs<byte[]>(arguments, i);
            ReadAs<ReadOnlyMemory<byte>>(arguments, i);
            ReadAs<Payload>(arguments, i);
            ReadAs<JsonElement>(arguments, i);
            ReadAs<JsonNode>(arguments, i);
            ReadAs<object>(arguments, i);
            ReadAs<Dictionary<string, byte[]>>(arguments, i);
            ReadAs<List<JsonNode>>(arguments, i);
            ReadAs<Order>(arguments, i);
        }

        // 2. One after the other.
        var reader = arguments.GetReader();
        try
        {
            reader.Read<object>();
            reader.Read<Order>();
            reader.Read<byte[]>();
        }
        catch (EventBindingException)
        {
            // Of another type.
        }

        // 3. Passed on unread.
        if (packet.Type == PacketType.Event) s_serializer.SerializeEvent("echo", values);
    }

    private static void UseData(Payload data)
    {
        try
        {
            s_serializer.Deserialize<JsonNode>(data);
            s_serializer.Deserialize<Order>(data);
        }
        catch (JsonException)
        {
            // Of another type.
        }
    }

    private static void ReadAs<T>(in EventArguments arguments, int index)
    {
        try
        {
            arguments.Get<T>(index);
        }
        catch (EventBindingException)
        {
            // Of another type.
        }
    }

    private sealed record Order(string? A, int B, byte[]? Data, List<Order>? Parts, Dictionary<string, object?>? Rest);
}
