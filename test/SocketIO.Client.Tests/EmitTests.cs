using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>What is sent, and when.</summary>
public sealed class EmitTests
{
    [Fact, Trait("Spec", "CLI-EMIT-01"), Trait("Spec", "CLI-EMIT-02"), Trait("Spec", "CLI-EMIT-08"), Trait("Spec", "CLI-EMIT-09"), Trait("Spec", "CLI-AUTH-04")]
    public async Task EventsStandOnTheWireInTheOrderOfTheCalls()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        socket.Emit("a");
        await socket.EmitAsync("b", 1, "x");
        socket.Compress(false).Emit("c", null, true);
        await socket.SendAsync("hi");
        await server.UntilAsync("42[\"message\",\"hi\"]");
        Assert.Equal(["40", "42[\"a\"]", "42[\"b\",1,\"x\"]", "42[\"c\",null,true]", "42[\"message\",\"hi\"]"], server.Received);
        foreach (string name in (string[])["connect", "connect_error", "disconnect", "disconnecting", "newListener", "removeListener"])
            Assert.Equal($"\"{name}\" is a reserved event name", Assert.Throws<ArgumentException>(() => socket.Emit(name)).Message);
    }

    [Fact, Trait("Spec", "CLI-AUTH-07"), Trait("Spec", "CLI-AUTH-01"), Trait("Spec", "CLI-RECV-06")]
    public async Task EachNamespaceHasItsOwnCredentialsAndEvents()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var main = manager.Socket(options: new ClientSocketOptions { Auth = new { n = 1 } });
        var admin = manager.Socket("/admin", new ClientSocketOptions { Auth = new Dictionary<string, object> { ["n"] = 2 } });
        var trace = new Trace();
        main.On("e", () => trace.Add("main"));
        admin.On("e", () => trace.Add("admin"));
        await main.ConnectAsync().WithDeadline();
        await admin.ConnectAsync().WithDeadline();
        Assert.Equal(["40{\"n\":1}", "40/admin,{\"n\":2}"], server.Received);
        await server.SendAsync("42/nobody,[\"e\"]");
        await server.SendAsync("42/admin,[\"e\"]");
        await server.SendAsync("42[\"e\"]");
        await trace.UntilAsync(2);
        Assert.Equal(["admin", "main"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-ACK-02"), Trait("Spec", "CLI-ACK-05"), Trait("Spec", "CLI-ACK-09")]
    public async Task TheTimeOfAnAcknowledgementRunsFromTheCall()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket(options: new ClientSocketOptions { AckTimeout = TimeSpan.FromMilliseconds(30) });
        var timedOut = Assert.ThrowsAsync<AckTimeoutException>(() => socket.EmitWithAckAsync<int>("default").WithDeadline());
        var dropped = Assert.ThrowsAsync<AckTimeoutException>(() => socket.Volatile.EmitWithAckAsync<int>("volatile").WithDeadline());
        Assert.Equal("operation has timed out", (await timedOut).Message);
        await dropped;
        Assert.Equal(0, socket.BufferedEvents);
        var patient = socket.Timeout(TimeSpan.FromMinutes(1)).EmitWithAckAsync<int>("patient");
        using var cancellation = new CancellationTokenSource();
        var cancelled = socket.EmitWithAckAsync<int>("cancelled", cancellation.Token);
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WithDeadline());
        Assert.Equal(1, socket.BufferedEvents);
        await socket.ConnectAsync().WithDeadline();
        await server.UntilAsync("422[\"patient\"]");
        await server.SendAsync("432[5]");
        Assert.Equal(5, await patient.WithDeadline());
        Assert.Equal(["40", "422[\"patient\"]"], server.Received);
    }

    [Fact, Trait("Spec", "CLI-ACK-03"), Trait("Spec", "CLI-ACK-06"), Trait("Spec", "CLI-ACK-07")]
    public async Task WhatWaitsInTheBufferSurvivesADisconnection()
    {
        await using var server = new FakeServer(packet => packet == "421[\"waiting\"]" ? ["439[1]", "431[7]", "431[8]"] : []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        var sent = socket.EmitWithAckAsync<int>("sent");
        await server.UntilAsync("420[\"sent\"]");
        socket.Disconnect();
        var waiting = socket.EmitWithAckAsync<int>("waiting");
        await Assert.ThrowsAsync<SocketDisconnectedException>(() => sent.WithDeadline());
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal(7, await waiting.WithDeadline());
        Assert.True(socket.Connected);
    }

    [Fact, Trait("Spec", "CLI-ACK-08"), Trait("Spec", "CLI-RECV-02")]
    public async Task AReceivedEventIsAcknowledgedOnce()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        socket.On("ask", async (string missing, int? none, Ack ack) =>
        {
            await ack.SendAsync(missing, none);
            await ack.SendAsync("again");
        });
        socket.OnRequest("bytes", () => new byte[] { 1 });
        await socket.ConnectAsync().WithDeadline();
        await server.SendAsync("425[\"ask\",\"x\"]");
        await server.SendAsync("426[\"bytes\"]");
        await server.UntilAsync("461-6[{\"_placeholder\":true,\"num\":0}]");
        Assert.Equal(["40", "435[\"x\",null]", "461-6[{\"_placeholder\":true,\"num\":0}]"], server.Received.Take(3));
    }

    [Fact, Trait("Spec", "CLI-RECV-05")]
    public async Task OutgoingEventsAreSeenWhenTheyAreWritten()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        var trace = new Trace();
        socket.OnAnyOutgoing(arguments => trace.Add($"{arguments.Name} {arguments.Get<byte[]>(0)?.Length}"));
        socket.OnConnected(() => trace.Add("connect"));
        await socket.EmitAsync("buffered", new byte[3]);
        Assert.Empty(trace.Lines);
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync("connect");
        await socket.EmitAsync("direct", new byte[4]);
        await trace.UntilAsync(3);
        Assert.Equal(["buffered 3", "connect", "direct 4"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-CSR-07"), Trait("Spec", "CLI-CSR-04")]
    public async Task AHandlerThatThrowsDoesNotHoldTheOffsetBack()
    {
        await using var server = new FakeServer(_ => [], _ => ["42[\"e\",\"missed\"]", "40{\"sid\":\"s\",\"pid\":\"p\"}"]);
        await using var manager = server.CreateManager();
        var trace = new Trace();
        var socket = manager.Socket();
        socket.On("e", (string offset) =>
        {
            trace.Add(offset);
            throw new InvalidOperationException();
        });
        socket.OnConnected(() => trace.Add("connect"));
        await socket.ConnectAsync().WithDeadline();
        await server.SendAsync("42[\"e\",\"second\"]");
        await trace.UntilAsync(3);
        Assert.Equal(["missed", "connect", "second"], trace.Lines);
        server.Cut();
        await server.UntilAsync("40{\"pid\":\"p\",\"offset\":\"second\"}");
    }

    [Theory, Trait("Spec", "CLI-RECV-01"), Trait("Spec", "CLI-CSR-04"), Trait("Spec", "SEC-CLI-01")]
    [InlineData(2, 1 << 20), InlineData(1000, 40)]
    public async Task WhatComesBeforeTheGrantIsLimitedAndSaidToBeDropped(int events, long bytes)
    {
        var logs = new LogRecorder(Microsoft.Extensions.Logging.LogLevel.Warning);
        using var factory = new Microsoft.Extensions.Logging.LoggerFactory([logs]);
        var grants = 0;
        await using var server = new FakeServer(
            _ => [],
            _ => Interlocked.Increment(ref grants) == 1
                ? ["40{\"sid\":\"s\",\"pid\":\"p\"}"]
                : ["42[\"e\",\"offset 1\"]", "42[\"e\",\"offset 2\"]", "42[\"e\",\"a longer offset 3\"]", "42[\"e\",\"4\"]", "40{\"sid\":\"s\",\"pid\":\"p\"}"]);
        await using var manager = server.CreateManager(options => (options.MaxQueuedEvents, options.MaxQueuedEventBytes, options.LoggerFactory) = (events, bytes, factory));
        var trace = new Trace();
        var socket = manager.Socket();
        socket.On("e", (string offset) => trace.Add(offset));
        socket.OnConnected(() => trace.Add("connect"));
        await socket.ConnectAsync().WithDeadline();
        server.Cut();
        await trace.UntilAsync("connect", times: 2);
        Assert.Equal(["connect", "offset 1", "offset 2", "connect"], trace.Lines);
        Assert.Equal(
            ["2 events (32 bytes) wait for the connection to /, more are dropped (MaxQueuedEvents, MaxQueuedEventBytes).", "2 events of / were dropped: they came before the server had let the socket in."],
            logs.Entries.Select(entry => entry.Message));
        // What was dropped may be asked for again.
        server.Cut();
        await server.UntilAsync("40{\"pid\":\"p\",\"offset\":\"offset 2\"}");
    }

    [Fact, Trait("Spec", "CLI-EMIT-05"), Trait("Spec", "CLI-EMIT-07"), Trait("Spec", "CLI-SCN-08")]
    public async Task VolatileEventsAreDroppedWhereTheyCannotLeave()
    {
        await using var server = new FakeServer(_ => []);
        await using var manager = server.CreateManager();
        var socket = manager.Socket();
        await socket.Volatile.EmitAsync("offline");
        Assert.Equal(0, socket.BufferedEvents);
        await socket.ConnectAsync().WithDeadline();
        await Deadline.UntilAsync(() => manager.Engine!.IsWritable, "the transport");
        await socket.Volatile.EmitAsync("position", 1);
        await socket.EmitAsync("kept");
        await server.UntilAsync("42[\"kept\"]");
        Assert.Equal(["40", "42[\"position\",1]", "42[\"kept\"]"], server.Received);
    }
}
