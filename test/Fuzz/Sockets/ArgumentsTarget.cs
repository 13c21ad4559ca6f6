using System.Text;
using EngineIO;
using Fuzz.Inputs;
using SocketIO;
using SocketIO.Json;
using SocketIO.Parsing;

namespace Fuzz.Sockets;

/// <summary>Arguments of .NET, written, sent and read again by their types: what comes out is what went in.</summary>
public sealed class ArgumentsTarget : FuzzTarget
{
    private readonly JsonPacketParser _parser = new(new JsonPacketParserOptions { MaxAttachments = 1000 });

    /// <summary>One message: the bytes of which the arguments are made.</summary>
    public override FuzzMessage[] Next(FuzzInput input) => [new(input.Bytes(200))];

    public override void Check(FuzzMessage[] messages)
    {
        foreach (var message in messages) Check(message.Data);
    }

    private void Check(byte[] data)
    {
        string text = Encoding.BigEndianUnicode.GetString(data);
        // Half of a pair is no text; it becomes U+FFFD, as everywhere in .NET.
        string sent = Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
        double number = data.Length >= 8 ? BitConverter.ToDouble(data) : data.Length;
        if (!double.IsFinite(number)) number = 0;
        var item = new Item(text, number, data, data.Length == 0 ? null : new Item("nested", data[0], [.. data.Reverse()], null));
        object?[] arguments = [text, number, data, item, new Dictionary<string, byte[]> { ["key"] = data, ["_placeholder"] = [1] }, null, long.MinValue];

        var payload = PayloadSerializer.Default.SerializeEvent(text, arguments);
        var encoded = _parser.Encode(new Packet(PacketType.Event, "/a", payload, id: data.Length));
        var state = default(DecoderState);
        var status = _parser.Decode(new EngineMessage(encoded.First.Bytes[1..], isBinary: false), ref state, out var packet);
        foreach (var frame in encoded.Rest.Span) status = _parser.Decode(new EngineMessage(frame.Bytes, isBinary: true), ref state, out packet);

        Assert.Equal(DecodeStatus.Complete, status);
        Assert.Equal(data.Length, packet.Id);
        var received = EventArguments.ForEvent(packet.Data, PayloadSerializer.Default);
        Assert.Equal(sent, received.Name);
        Assert.Equal(7, received.Count);
        Assert.Equal(sent, received.Get<string>(0));
        Assert.Equal(number, received.Get<double>(1));
        Assert.Equal(data, received.Get<byte[]>(2));
        CheckItem(item, received.Get<Item>(3), sent);
        Assert.Equal(data, received.Get<Dictionary<string, byte[]>>(4)!["key"]);
        Assert.Null(received.Get<object>(5));
        Assert.Equal(long.MinValue, received.Get<long>(6));
    }

    private static void CheckItem(Item expected, Item? actual, string text)
    {
        Assert.NotNull(actual);
        Assert.Equal((text, expected.Number), (actual.Text, actual.Number));
        Assert.Equal(expected.Data, actual.Data);
        if (expected.Next is { } next) CheckItem(next, actual.Next, next.Text);
    }

    private sealed record Item(string Text, double Number, byte[] Data, Item? Next);
}
