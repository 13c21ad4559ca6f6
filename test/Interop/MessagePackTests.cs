using System.Globalization;
using System.Text;
using System.Text.Json;
using SocketIO;
using SocketIO.Json;
using SocketIO.MessagePack;
using SocketIO.Parsing;
using TestKit;

namespace Interop.Tests;

/// <summary>Packets exchanged with socket.io-msgpack-parser 3.0.2, and what the server does with those that no such parser made.</summary>
public sealed class MessagePackTests
{
    private static readonly MessagePackPacketParser s_parser = new();

    [Fact]
    [Trait("Spec", "SIO-MSG-13")]
    public Task TheOfficialParserWritesAndReadsTheSame()
    {
        var samples = Samples().Select(sample => new { sample.Name, sample.Json, Hex = Encode(sample.Packet) });
        var settings = new Dictionary<string, object> { ["samples"] = JsonSerializer.SerializeToElement(samples, JsonSerializerOptions.Web) };
        return Script.RunAsync("messagepack.mjs", settings, request =>
        {
            var packet = JsonSerializer.Deserialize<Exchange>(request, JsonSerializerOptions.Web)!;
            var state = default(DecoderState);
            var message = Convert.FromHexString(packet.Hex);
            Assert.Equal(DecodeStatus.Complete, s_parser.Decode(new(message, isBinary: true), ref state, out var decoded));
            var id = decoded.Id is { } value ? string.Create(CultureInfo.InvariantCulture, $",\"id\":{value}") : "";
            Assert.Equal(packet.Expected, $"{{\"type\":{(int)decoded.Type},\"nsp\":\"{decoded.Namespace}\"{id},\"data\":{decoded.Data}}}");
            return Task.CompletedTask;
        });
    }

    [Theory]
    [Trait("Spec", "SIO-MSG-08")]
    [Trait("Spec", "SIO-MSG-09")]
    [Trait("Spec", "SIO-MSG-11")]
    [Trait("Spec", "SEC-SIO-07")]
    [InlineData("82a47479706509a36e7370a12f")]
    [InlineData("83a47479706502a46461746191c0a36e7370a12f")]
    [InlineData("dfffffffff")]
    [InlineData("83a47479706502a464617461ddffffffffa36e7370a12f")]
    [InlineData("40")]
    [InlineData("")]
    [InlineData("text")]
    public async Task ABadPacketClosesItsOwnConnectionOnly(string packet)
    {
        await using var server = await InteropServer.StartAsync(parser: s_parser);
        await using var good = await ConnectAsync(server);
        await using var bad = await ConnectAsync(server);
        if (packet == "text") await bad.SendAsync("40");
        else await bad.SendAsync(Convert.FromHexString(packet));
        await WaitForEndAsync(bad);
        await good.SendAsync(Convert.FromHexString(Encode(Event("echo", 1, new byte[] { 1, 2 }))));
        await ReceiveAsync(good, Event("echo", 1, new byte[] { 1, 2 }));
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    [Trait("Spec", "SIO-MSG-11")]
    public async Task AnotherParserThanTheServersIsClosed()
    {
        await using var server = await InteropServer.StartAsync();
        await using var client = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await client.SendAsync(Convert.FromHexString(Encode(new(PacketType.Connect, "/"))));
        await WaitForEndAsync(client);
        await InteropServer.AssertNothingIsLeftAsync(server);
    }

    private static IEnumerable<(string Name, string Json, Packet Packet)> Samples()
    {
        yield return ("connect", """{"type":0,"nsp":"/"}""", new(PacketType.Connect, "/"));
        yield return ("auth", """{"type":0,"data":{"token":"é"},"nsp":"/a"}""", new(PacketType.Connect, "/a", ToPayload("""{"token":"é"}""")));
        yield return ("grant", """{"type":0,"data":{"sid":"a","pid":"b"},"nsp":"/"}""", new(PacketType.Connect, "/", PayloadSerializer.SerializeGrant("a", "b")));
        yield return ("refusal", """{"type":4,"data":{"message":"no","data":{"code":1}},"nsp":"/"}""",
            new(PacketType.ConnectError, "/", PayloadSerializer.Default.SerializeConnectError("no", new { code = 1 })));
        yield return ("disconnect", """{"type":1,"nsp":"/admin"}""", new(PacketType.Disconnect, "/admin"));
        yield return ("acknowledgement", """{"id":5,"type":3,"data":[1,{"bytes":"0102"}],"nsp":"/"}""",
            new(PacketType.Ack, "/", PayloadSerializer.Default.SerializeArguments([1, new byte[] { 1, 2 }]), 5));
        yield return ("empty acknowledgement", """{"id":9007199254740991,"type":3,"data":[],"nsp":"/"}""", new(PacketType.Ack, "/", default, 9007199254740991));
        yield return ("bytes everywhere", """{"type":2,"data":["e",{"a":[{"bytes":""},{"b":{"bytes":"ff"}}]},{"bytes":"00"}],"id":1,"nsp":"/"}""",
            new(PacketType.Event, "/", PayloadSerializer.Default.SerializeEvent("e", [new { a = new object[] { Array.Empty<byte>(), new { b = new byte[] { 255 } } } }, new byte[] { 0 }]), 1));
        string[] values =
        [
            "0,1,127,128,255,256,65535,65536,2147483647,2147483648,4294967295,4294967296,9007199254740991",
            "-1,-32,-33,-128,-129,-32768,-32769,-2147483648,-2147483649,-9007199254740991",
            "1.5,-0.1,1e-7,5e-324,0.1,123456.789",
            "true,false,null,[],{},[[[]]],{\"a\":{\"b\":[{}]}}",
            """ "","a","é漢😀","\u0000\n\"\\","\u2028" """,
            $"\"{new string('x', 31)}\",\"{new string('x', 32)}\",\"{new string('é', 200)}\"",
            $"[{string.Join(',', Enumerable.Range(0, 15))}],[{string.Join(',', Enumerable.Range(0, 16))}]",
            $"{{{string.Join(',', Enumerable.Range(0, 16).Select(i => $"\"k{i}\":{i}"))}}}",
        ];
        foreach (var list in values.Select(list => $"[\"e\",{list}]"))
            yield return (list[..Math.Min(60, list.Length)], $$"""{"type":2,"data":{{list}},"nsp":"/"}""", new(PacketType.Event, "/", ToPayload(list)));
    }

    private static async Task<SocketClient> ConnectAsync(WebServer server)
    {
        var client = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await client.SendAsync(Convert.FromHexString(Encode(new(PacketType.Connect, "/"))));
        var grant = await client.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Binary, grant.Opcode);
        Assert.Contains("sid", grant.Text, StringComparison.Ordinal);
        return client;
    }

    /// <summary>Waits for a packet; the greeting and the news of the other's end may come before it.</summary>
    private static async Task ReceiveAsync(SocketClient client, Packet expected)
    {
        var hex = Encode(expected);
        RawFrame received;
        do
        {
            received = await client.ReceiveAsync();
            Assert.Equal(WebSocketOpcode.Binary, received.Opcode);
        }
        while (Convert.ToHexStringLower(received.Data) != hex);
    }

    private static async Task WaitForEndAsync(SocketClient client)
    {
        while (!(await client.ReceiveAsync()).IsEnd)
        {
            // The greeting, perhaps, and the close packet.
        }
    }

    private static Packet Event(string name, params object?[] arguments) => new(PacketType.Event, "/", PayloadSerializer.Default.SerializeEvent(name, arguments));

    private static Payload ToPayload(string json) => new(Encoding.UTF8.GetBytes(json));

    private static string Encode(Packet packet) => Convert.ToHexStringLower(s_parser.Encode(packet).First.Bytes.Span);

    private sealed record Exchange(string Name, string Hex, string Expected);
}
