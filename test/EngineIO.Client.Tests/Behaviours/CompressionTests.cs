using TestKit;

namespace EngineIO.Client.Tests.Behaviours;

/// <summary>From which size on a WebSocket message is compressed.</summary>
public sealed class CompressionTests
{
    private const byte Compressed = 4;

    [Theory]
    [InlineData(0, 2, Compressed)]
    [InlineData(1024, 2, 0)]
    [InlineData(1024, 1022, 0)]
    [InlineData(1024, 1023, Compressed)]
    [Trait("Behaviour", "engine.io-client/test/transport.js:301")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:324")]
    public async Task Threshold_counts_the_whole_packet(int threshold, int length, byte reservedBits)
    {
        var received = new TaskCompletionSource<RawFrame>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            var socket = await exchange.UpgradeAsync(("Sec-WebSocket-Extensions", "permessage-deflate"));
            await socket.SendTextAsync(ScriptedEngine.Open());
            received.SetResult(await RawFrame.ReadAsync(socket.Wire));
            await socket.ReceiveEndAsync();
            return true;
        } };
        var options = new EngineClientOptions { Transports = ["websocket"], PerMessageDeflate = new() { Threshold = threshold }, CloseTimeout = TimeSpan.FromMilliseconds(200) };
        await using var engine = await EngineClient.ConnectAsync(server.Address, options);
        engine.Enqueue(EngineFrame.Message(new string('x', length)));

        var frame = await received.Task.WithDeadline("the message");
        Assert.Equal((WebSocketOpcode.Text, reservedBits), (frame.Opcode, frame.ReservedBits));
    }
}
