namespace SocketIO.AspNetCore.Tests;

public sealed class CatchAllTests
{
    [Fact, Trait("Spec", "SRV-SOCK-14"), Trait("Spec", "SRV-SOCK-16")]
    [Trait("Behaviour", "socket.io/test/socket.ts:945"), Trait("Behaviour", "socket.io/test/socket.ts:984")]
    public async Task SeeEveryIncomingEventBeforeItsHandlersAndNoAck()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            IDisposable? self = null;
            socket.On<int>("e", number => trace.Add($"handler {number}"));
            socket.OnAny((arguments, ack) => trace.Add($"any {arguments.Name} {arguments.Get<int>(0)} {ack.IsRequested}"));
            self = socket.PrependAny(arguments =>
            {
                trace.Add($"first {arguments.Name}");
                self!.Dispose();
            });
            socket.OnRequest("ask", async () => await socket.EmitWithAckAsync<int>("question"));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\",1]");
        await client.SendAsync("42[\"nobody\",2]");
        await client.SendAsync("427[\"ask\",3]");
        await client.ExpectAsync("420[\"question\"]");
        await client.SendAsync("430[5]");
        await client.ExpectAsync("437[5]");
        Assert.Equal(["first e", "any e 1 False", "handler 1", "any nobody 2 False", "any ask 3 True"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-SOCK-15")]
    [Trait("Behaviour", "socket.io/test/socket.ts:1005"), Trait("Behaviour", "socket.io/test/socket.ts:1021")]
    [Trait("Behaviour", "socket.io/test/socket.ts:1037"), Trait("Behaviour", "socket.io/test/socket.ts:1078")]
    public async Task SeeEveryOutgoingEventDirectBroadcastOrVolatileAndNoAck()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnAnyOutgoing(arguments => trace.Add($"{arguments.Name} {(arguments.Count == 0 ? "" : Convert.ToHexString(arguments.Get<byte[]>(0)!))}"));
            socket.On<Ack>("ack", ack => ack.SendAsync(1));
        }));
        await using var client = await server.ConnectAsync();
        var socket = client.Socket;
        await socket.EmitAsync("direct", new byte[] { 1 });
        await server.Io.EmitAsync("broadcast", new byte[] { 2 });
        _ = socket.EmitWithAckAsync<int>("with ack");
        await socket.Volatile.EmitAsync("volatile");
        await server.Io.Except(client.Id).EmitAsync("not for it");
        await client.SendAsync("421[\"ack\"]");
        await client.ExpectAsync("451-[\"direct\",{\"_placeholder\":true,\"num\":0}]");
        Assert.Equal(["direct 01", "broadcast 02", "with ack ", "volatile "], trace.Lines);
        socket.OffAnyOutgoing();
        await socket.EmitAsync("unseen");
        Assert.Equal(4, trace.Lines.Count);
    }
}
