using System.Buffers;
using EngineIO;
using SocketIO.Parsing;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>A parser of the application's that throws, or whose packets are none, ends nothing but what it was to write or read.</summary>
public sealed class ParserTests
{
    [Fact, Trait("Spec", "CLI-ACK-10"), Trait("Spec", "CLI-ROB-04")]
    public async Task AnEmitThatCannotBeWrittenLeavesNoAcknowledgementWaiting()
    {
        await using var server = new FakeServer(packet => packet == "421[\"good\"]" ? ["431[7]"] : []);
        await using var manager = server.CreateManager(options => options.Parser = new FaultyParser());
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        await Assert.ThrowsAsync<NotSupportedException>(() => socket.EmitWithAckAsync<int>("bad").WithDeadline());
        Assert.False(socket.AwaitsAck);
        Assert.Throws<NotSupportedException>(() => socket.Emit("bad"));
        Assert.Equal(7, await socket.EmitWithAckAsync<int>("good").WithDeadline());
        Assert.True(socket.Connected);
    }

    [Theory, Trait("Spec", "CLI-ACK-10"), Trait("Spec", "CLI-ROB-04")]
    [InlineData(0), InlineData(2)]
    public async Task WhatWaitedForTheConnectionAndCannotBeWrittenFailsAlone(int retries)
    {
        await using var server = new FakeServer(packet => packet.StartsWith("42", StringComparison.Ordinal) && packet.Contains("good", StringComparison.Ordinal)
            ? [$"43{packet[2..packet.IndexOf('[', StringComparison.Ordinal)]}[7]"]
            : []);
        await using var manager = server.CreateManager(options => options.Parser = new FaultyParser());
        var errors = new Trace();
        manager.OnHandlerError(error => errors.Add($"{error.Socket?.Namespace} {error.Exception.Message}"));
        var socket = manager.Socket(options: new ClientSocketOptions { Retries = retries, AckTimeout = retries > 0 ? TimeSpan.FromMinutes(1) : null });
        var bad = socket.EmitWithAckAsync<int>("bad");
        socket.Emit("bad");
        var good = socket.EmitWithAckAsync<int>("good");
        await socket.ConnectAsync().WithDeadline();
        await Assert.ThrowsAsync<NotSupportedException>(() => bad.WithDeadline());
        Assert.Equal(7, await good.WithDeadline());
        await errors.UntilAsync("/ bad", times: 2);
        Assert.Equal(0, socket.BufferedEvents);
        Assert.False(socket.AwaitsAck);
    }

    [Fact, Trait("Spec", "CLI-ACK-10")]
    public async Task ThousandsThatCannotBeWrittenFailOneAfterTheOther()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager(options => options.Parser = new FaultyParser());
        var socket = manager.Socket(options: new ClientSocketOptions { Retries = 1 });
        var bad = Enumerable.Range(0, 20_000).Select(_ => socket.EmitWithAckAsync<int>("bad")).ToArray();
        await socket.ConnectAsync().WithDeadline();
        foreach (var failure in bad) await Assert.ThrowsAsync<NotSupportedException>(() => failure.WithDeadline());
    }

    [Fact, Trait("Spec", "CLI-DSP-01")]
    public async Task AGoodbyeThatCannotBeWrittenHoldsNothingUp()
    {
        await using var server = new FakeServer(_ => []);
        var manager = server.CreateManager(options => options.Parser = new FaultyParser(PacketType.Disconnect));
        var errors = new Trace();
        manager.OnHandlerError(error => errors.Add(error.Exception.Message));
        ClientSocket[] sockets = [manager.Socket(), manager.Socket("/a"), manager.Socket("/b")];
        foreach (var socket in sockets) await socket.ConnectAsync().WithDeadline();
        var engine = manager.Engine!;
        sockets[0].Disconnect();
        await sockets[1].DisposeAsync().AsTask().WithDeadline();
        await manager.DisposeAsync().AsTask().WithDeadline();
        await engine.Completion.WithDeadline();
        Assert.All(sockets, socket => Assert.False(socket.Connected));
        Assert.Equal(3, errors.CountOf("Disconnect"));
    }

    [Theory, Trait("Spec", "CLI-DISC-05"), Trait("Spec", "CLI-ROB-02")]
    [InlineData("throw"), InlineData("no namespace"), InlineData("no refusal")]
    public async Task WhatIsNoPacketEndsTheConnectionAndAnotherFollows(string fault)
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager(options => options.Parser = new FaultyParser(fault: fault));
        var socket = manager.Socket();
        var trace = new Trace();
        socket.OnDisconnected(info => trace.Add($"{info.Reason}, {(info.Details is null ? "no details" : "details")}"));
        await socket.ConnectAsync().WithDeadline();
        var answer = socket.EmitWithAckAsync<int>("e");
        await server.UntilAsync("420[\"e\"]");
        var engine = manager.Engine!;
        await server.SendAsync("42[\"fault\"]");
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => answer.WithDeadline());
        await trace.UntilAsync("parse error, details");
        await engine.Completion.WithDeadline();
        await socket.ConnectAsync().WithDeadline();
    }

    /// <summary>The usual parser, which cannot write the event "bad" or a type of packet, and makes of the event "fault" what a test asks for.</summary>
    private sealed class FaultyParser(PacketType? refused = null, string fault = "") : IPacketParser
    {
        private readonly JsonPacketParser _inner = new();

        public EncodedPacket Encode(in Packet packet, IBufferWriter<byte> buffer)
        {
            if (packet.Type == refused) throw new NotSupportedException($"{refused}");
            if (packet.Data.ToString().StartsWith("[\"bad\"", StringComparison.Ordinal)) throw new NotSupportedException("bad");
            return _inner.Encode(packet, buffer);
        }

        public DecodeStatus Decode(EngineMessage message, ref DecoderState state, out Packet packet)
        {
            var status = _inner.Decode(message, ref state, out packet);
            if (status != DecodeStatus.Complete || packet.Type != PacketType.Event) return status;
            packet = fault switch
            {
                "throw" => throw new InvalidOperationException(),
                "no namespace" => new Packet(PacketType.Event, null!, packet.Data),
                "no refusal" => new Packet(PacketType.ConnectError, "/", new Payload("{]"u8.ToArray())),
                _ => packet,
            };
            return status;
        }
    }
}
