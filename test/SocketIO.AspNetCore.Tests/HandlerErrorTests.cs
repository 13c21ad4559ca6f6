using System.Buffers;
using EngineIO;
using SocketIO.Parsing;

namespace SocketIO.AspNetCore.Tests;

public sealed class HandlerErrorTests
{
    [Fact, Trait("Spec", "SRV-NET-12"), Trait("Spec", "SRV-LOG-15"), Trait("Spec", "SEC-APP-01"), Trait("Spec", "SIO-DEC-29")]
    public async Task WhateverTheApplicationThrowsIsLoggedAndRaisedAndEndsNothing()
    {
        var errors = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => errors.Add($"{error.Source} {error.EventName ?? "-"} {error.Exception.Message} {error.Socket is not null}");
            io.HandlerError += _ => throw new InvalidOperationException("a handler of errors");
            io.NamespaceCreated += _ => throw new InvalidOperationException("namespace");
            io.OnConnection(_ => throw new InvalidOperationException("connection"));
            io.OnConnection(async _ =>
            {
                await Task.Yield();
                throw new InvalidOperationException("connection, async");
            });
            io.OnConnection(socket =>
            {
                socket.On("sync", () => throw new InvalidOperationException("sync"));
                socket.On("async", async () =>
                {
                    await Task.Yield();
                    throw new InvalidOperationException("async");
                });
                socket.OnRequest<int>("request", () => throw new InvalidOperationException("request"));
                socket.OnAnyOutgoing(arguments =>
                {
                    if (arguments.Name == "out") throw new InvalidOperationException("outgoing");
                });
                socket.On("out", () => socket.EmitAsync("out"));
                socket.OnDisconnecting(_ => throw new InvalidOperationException("disconnecting"));
                socket.OnDisconnected(async _ =>
                {
                    await Task.Yield();
                    throw new InvalidOperationException("disconnected");
                });
            });
            io.Sockets.Adapter.RoomJoined += (_, _) => throw new InvalidOperationException("room");
            io.Of("/created");
        });
        await using var client = await server.ConnectAsync();
        await errors.UntilAsync(4);
        await client.SendAsync("42[\"sync\"]");
        await client.SendAsync("42[\"async\"]");
        await client.SendAsync("427[\"request\"]");
        await client.SendAsync("42[\"out\"]");
        await client.ExpectAsync("42[\"out\"]");
        await client.SendAsync("41");
        await errors.UntilAsync(10);
        Assert.Equal(
            [
                "AdapterEvent - room False",
                "Connection - connection True",
                "Connection - connection, async True",
                "Event async async True",
                "Event out outgoing True",
                "Event request request True",
                "Event sync sync True",
                "Lifecycle - disconnected True",
                "Lifecycle - disconnecting True",
                "Lifecycle - namespace False",
            ],
            errors.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(20, server.Log.Errors.Count(entry => entry.Category == "socket.io:server"));
        await client.JoinAsync();
    }

    [Theory, Trait("Spec", "SIO-DEC-02"), Trait("Spec", "SRV-DISC-08"), Trait("Spec", "SRV-SOCK-18")]
    [InlineData("4abc")]
    [InlineData("42[\"connect\"]")]
    [InlineData("42[]")]
    [InlineData("42{}")]
    [InlineData("43{}")]
    [InlineData("451-[\"e\",{\"_placeholder\":true,\"num\":5}]", true)]
    [InlineData("42[\"a\"")]
    public async Task AMalformedPacketRaisesErrorOnEverySocketAndClosesTheConnection(string packet, bool thenBinary = false)
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            foreach (string name in (string[])["/", "/b"])
            {
                io.Of(name).OnConnection(socket =>
                {
                    socket.OnError(error => trace.Add($"{name} error {error.GetType().Name} connected={socket.Connected}"));
                    socket.OnDisconnected(info => trace.Add($"{name} {info.Reason}"));
                });
            }
        });
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/b");
        await using var bystander = await server.ConnectAsync();
        await client.SendAsync(packet);
        if (thenBinary) await client.SendAsync([1]);
        await client.ReceiveEndAsync();
        await trace.UntilAsync(4);
        Assert.Equal(
            [
                "/ error InvalidPacketException connected=True", "/b error InvalidPacketException connected=True",
                "/ forced close", "/b forced close",
            ],
            trace.Lines);
        Assert.Empty(await bystander.DrainAsync());
        Assert.Empty(server.Log.Errors);
    }

    [Theory, Trait("Spec", "SRV-SOCK-18"), Trait("Spec", "SIO-DEC-10")]
    [Trait("Behaviour", "socket.io/test/socket.ts:803"), Trait("Behaviour", "socket.io/test/socket.ts:839"), Trait("Behaviour", "socket.io/test/socket.ts:855")]
    [InlineData("45")]
    [InlineData("45woooot")]
    public async Task TheErrorSaysWhatIsWrong(string packet)
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.OnError(error => trace.Add(error.Message))));
        await using var client = await server.ConnectAsync();
        await client.SendAsync(packet);
        await client.ReceiveEndAsync();
        Assert.Equal(["Illegal attachments"], trace.Lines);
        await using var next = await server.ConnectAsync();
    }

    [Fact, Trait("Spec", "SIO-DEC-02"), Trait("Spec", "EIO-POLL-23")]
    [Trait("Behaviour", "socket.io/test/close.ts:148")]
    public async Task OnPollingTheEndComesWithTheNextGet()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnError(_ => trace.Add("error"));
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }));
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        await client.ReceiveAsync();
        await client.SendAsync("4abc");
        Assert.Equal(["error"], trace.Lines);
        Assert.Equal("6", await client.ReceiveAsync());
        Assert.Equal("1", await client.ReceiveAsync());
        await trace.UntilAsync(2);
        Assert.Equal(["error", "forced close"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-SOCK-18")]
    public async Task AClientMayEmitAnEventNamedError()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On<string>("error", trace.Add)));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"error\",\"mine\"]");
        await trace.UntilAsync("mine");
    }

    [Fact, Trait("Spec", "SIO-PARSER-02")]
    public async Task AParserThatThrowsClosesTheConnectionThatFedIt()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.OnDisconnected(info => trace.Add(info.Reason))), options => options.Parser = new ThrowingParser());
        await using var bystander = await server.ConnectAsync();
        await using var client = await server.ConnectAsync();
        await client.SendAsync("4throw");
        await client.ReceiveEndAsync();
        await trace.UntilAsync(1);
        Assert.Equal(["forced close"], trace.Lines);
        await bystander.SyncAsync();
    }

    private sealed class ThrowingParser : IPacketParser
    {
        private readonly JsonPacketParser _parser = new();

        public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer) => _parser.Encode(packet, buffer);

        public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet) =>
            message.ToString() == "throw" ? throw new InvalidOperationException("parser") : _parser.Decode(message, ref state, out packet);
    }
}
