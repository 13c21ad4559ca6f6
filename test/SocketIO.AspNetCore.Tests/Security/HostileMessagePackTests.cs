using System.Text;
using EngineIO;
using Microsoft.Extensions.Logging;
using SocketIO.MessagePack;
using SocketIO.Parsing;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Security;

/// <summary>Packets that no client writes, to a server that speaks MessagePack: their connection ends, and nothing else does.</summary>
public sealed class HostileMessagePackTests
{
    private const string Secret = Neighbourhood.Secret;

    // A map of three, "type": 2, "nsp": "/", "data".
    private const string Head = "83a47479706502a36e7370a12fa464617461";

    // The same with "id" before "data".
    private const string HeadWithId = "84a47479706502a36e7370a12fa26964";

    [Theory, Trait("Spec", "SEC-SIO-01")]
    [InlineData("c0"), InlineData("90"), InlineData("80"), InlineData("91c0"), InlineData("9190"), InlineData("a178"), InlineData("91c40101"), InlineData("9181a8746f537472696e67a178")]
    public Task AnEventWithoutANameIsClosed(string data) => AssertClosedAsync(Bytes(Head + data));

    // The official parser lets these names through. They are events like any other, and no handler of the life cycle hears them.
    [Theory, Trait("Spec", "SEC-SIO-02")]
    [InlineData("connect"), InlineData("connect_error"), InlineData("disconnect"), InlineData("disconnecting"), InlineData("newListener"), InlineData("removeListener")]
    public async Task AReservedNameReachesNoHandlerOfTheLifeCycle(string name)
    {
        var parser = new MessagePackPacketParser();
        var heard = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                heard.Add("connection");
                socket.OnDisconnecting(_ => heard.Add("disconnecting"));
                socket.OnDisconnected(_ => heard.Add("disconnected"));
                socket.OnError(_ => heard.Add("error"));
                socket.On("end", () => heard.Add("end"));
            }),
            options => options.Parser = parser);
        await using var client = await SocketClient.OpenAsync(server.Address, "/socket.io/");
        await client.SendAsync(Encode(parser, "0"));
        await client.ReceiveAsync();

        await client.SendAsync([.. Bytes(Head + "92"), .. Text(name), .. Text(Secret)]);
        await client.SendAsync(Encode(parser, "2[\"end\"]"));

        await heard.UntilAsync("end");
        Assert.Equal(["connection", "end"], heard.Lines);
        Assert.True(Assert.Single(server.Io.Sockets.Sockets.Values).Connected);
        Assert.Empty(server.Log.Errors);
    }

    [Fact, Trait("Spec", "SEC-SIO-03")]
    public Task TooManyAttachmentsAreClosed() =>
        AssertClosedAsync([.. Bytes(Head + "dc000c"), .. Text(Secret), .. Enumerable.Repeat((byte[])[0xC4, 1, 7], 11).SelectMany(bytes => bytes)]);

    [Fact, Trait("Spec", "SEC-SIO-03")]
    public Task TextIsClosed() => AssertClosedAsync(Encoding.ASCII.GetBytes($"2[\"{Secret}\"]"), isText: true);

    [Theory, Trait("Spec", "SEC-SIO-05")]
    [InlineData("ff"), InlineData("cb3ff8000000000000"), InlineData("cfffffffffffffffff"), InlineData("a131"), InlineData("c0")]
    public Task AnIdThatIsNoneIsClosed(string id) => AssertClosedAsync([.. Bytes(HeadWithId + id + "a46461746191"), .. Text(Secret)]);

    [Theory, Trait("Spec", "SEC-SIO-07")]
    [InlineData("dfffffffff"), InlineData("ddffffffff"), InlineData("dbffffffff"), InlineData("c6ffffffff"), InlineData("c9ffffffff05"), InlineData("c1"), InlineData("d40500"), InlineData("c70105ff")]
    public Task AValueThatLiesIsClosed(string value) => AssertClosedAsync([.. Bytes(Head + "92"), .. Text(Secret), .. Bytes(value)]);

    [Theory, Trait("Spec", "SEC-SIO-07")]
    [InlineData(64), InlineData(100_000)]
    public Task DepthIsCapped(int depth) => AssertClosedAsync([.. Bytes(Head + "92"), .. Text(Secret), .. Enumerable.Repeat((byte)0x91, depth), 0]);

    private static async Task AssertClosedAsync(byte[] message, bool isText = false)
    {
        var parser = new MessagePackPacketParser(new() { MaxAttachments = 10 });
        var events = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket =>
            {
                socket.OnRequest<int, int>("neighbour", number => new ValueTask<int>(number));
                socket.OnAny(arguments => events.Add(arguments.Name));
            }),
            options => options.Parser = parser,
            debug: true);
        await using var neighbour = await ConnectAsync();
        await using var hostile = await ConnectAsync();

        await hostile.WebSocket.SendFrameAsync(isText ? WebSocketOpcode.Text : WebSocketOpcode.Binary, isText ? [(byte)'4', .. message] : message);

        Assert.True((await hostile.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 1 && server.Io.Sockets.Sockets.Count == 1, "the hostile connection to go");
        Assert.Single(server.Debug!.Of("socket.io:client"), "invalid packet format");
        await neighbour.SendAsync(Encode(parser, "21[\"neighbour\",7]"));
        Assert.Equal(Encode(parser, "31[7]"), (await neighbour.ReceiveAsync()).Data);
        Assert.Equal(["neighbour"], events.Lines);
        Assert.Empty(server.Log.Errors);
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Level > LogLevel.Trace && entry.Message.Contains(Secret, StringComparison.Ordinal));

        async Task<SocketClient> ConnectAsync()
        {
            var client = await SocketClient.OpenAsync(server.Address, "/socket.io/");
            await client.SendAsync(Encode(parser, "0"));
            Assert.Equal(WebSocketOpcode.Binary, (await client.ReceiveAsync()).Opcode);
            return client;
        }
    }

    // A packet as it is written in text.
    private static byte[] Encode(MessagePackPacketParser parser, string packet)
    {
        var state = default(DecoderState);
        Assert.Equal(DecodeStatus.Complete, new JsonPacketParser().Decode(new EngineMessage(Encoding.UTF8.GetBytes(packet), isBinary: false), ref state, out var decoded));
        return parser.Encode(decoded).First.Bytes.ToArray();
    }

    private static byte[] Bytes(string hex) => Convert.FromHexString(hex);

    // Shorter than 32 bytes.
    private static byte[] Text(string text) => [(byte)(0xA0 | text.Length), .. Encoding.ASCII.GetBytes(text)];
}
