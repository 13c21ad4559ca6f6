using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>A volatile event leaves at once or not at all.</summary>
public sealed class VolatileTests
{
    [Fact]
    [Trait("Spec", "SRV-EMIT-04")]
    [Trait("Behaviour", "socket.io/test/socket.ts:225")]
    [Trait("Behaviour", "socket.io/test/socket.ts:265")]
    [Trait("Behaviour", "socket.io/test/socket.ts:309")]
    [Trait("Behaviour", "socket.io/test/socket.ts:401")]
    public async Task OverPollingItNeedsAWaitingPoll()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 1, "the socket");
        var socket = server.Io.Sockets.Sockets.Values.Single();

        await WhilePolledAsync("42[\"alone\"]", () => socket.Volatile.EmitAsync("alone"));
        await WhilePolledAsync("42[\"first\"]", () => socket.Volatile.EmitAsync("first"), () => socket.Volatile.EmitAsync("dropped"));
        await WhilePolledAsync(
            "42[\"before\"]", () => socket.EmitAsync("before"), () => socket.Volatile.EmitAsync("dropped"), () => socket.EmitAsync("after"));
        Assert.Equal("42[\"after\"]", (await client.GetAsync()).Text);

        async Task WhilePolledAsync(string answer, params Func<ValueTask>[] emits)
        {
            var poll = await client.BeginGetAsync();
            await Deadline.UntilAsync(() => socket.Connection.IsWritable, "the poll to wait");
            foreach (var emit in emits) await emit();
            Assert.Equal(answer, (await poll).Text);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    [Trait("Spec", "SIO-BIN-09")]
    [Trait("Behaviour", "socket.io/test/socket.ts:355")]
    [Trait("Behaviour", "socket.io/test/socket.ts:378")]
    public async Task ABinaryOneIsSentWholeOrNotAtAll(bool isBroadcast)
    {
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.On("go", async () =>
        {
            IEventEmitter emitter = isBroadcast ? io.Volatile : socket.Volatile;
            await emitter.EmitAsync("v", 1, new byte[] { 1 }, new byte[] { 2 });
            await emitter.EmitAsync("v", 2, new byte[] { 3 });
        })));
        await using var client = await server.ConnectAsync();

        await client.SendAsync("42[\"go\"]");

        await client.ExpectAsync("452-[\"v\",1,{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]");
        Assert.Equal([1], await client.ReceiveBinaryAsync());
        Assert.Equal([2], await client.ReceiveBinaryAsync());
        Assert.Empty(await client.DrainAsync());
    }
}
