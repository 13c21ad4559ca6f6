using System.IO.Compression;
using System.Text;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>What the 101 answer agrees to.</summary>
public sealed class WebSocketNegotiationTests
{
    private const byte Compressed = 4;

    [Theory]
    [InlineData(null, null)]
    [InlineData("a", "a")]
    [InlineData("b, a", "b")]
    [Trait("Spec", "EIO-WS-09")]
    public async Task First_sub_protocol_is_accepted(string? offered, string? accepted)
    {
        await using var server = await RequestServer.StartAsync();
        (string, string)[] headers = offered is null ? [] : [("Sec-WebSocket-Protocol", offered)];
        await using var client = await SocketClient.OpenAsync(server.Address, headers: headers);
        Assert.Equal(accepted, client.WebSocket.Upgrade.Header("Sec-WebSocket-Protocol"));
        await using var polling = await PollingClient.OpenAsync(server.Address);
        await using var upgrade = await RawWebSocket.ConnectAsync(server.Address, polling.UpgradeTarget, headers);
        Assert.Equal(accepted, upgrade.Upgrade.Header("Sec-WebSocket-Protocol"));
    }

    [Fact]
    [Trait("Spec", "EIO-WS-10")]
    public async Task Compression_takes_the_option_and_the_offer()
    {
        (string, string) offer = ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
        await using var off = await RequestServer.StartAsync();
        await using var first = await SocketClient.OpenAsync(off.Address, headers: offer);
        Assert.Null(first.WebSocket.Upgrade.Header("Sec-WebSocket-Extensions"));

        await using var on = await RequestServer.StartAsync(options => options.PerMessageDeflate = new PerMessageDeflateOptions());
        await using var second = await SocketClient.OpenAsync(on.Address);
        Assert.Null(second.WebSocket.Upgrade.Header("Sec-WebSocket-Extensions"));
        await using var third = await SocketClient.OpenAsync(on.Address, headers: offer);
        Assert.StartsWith("permessage-deflate", third.WebSocket.Upgrade.Header("Sec-WebSocket-Extensions"), StringComparison.Ordinal);

        await using var bits = await RequestServer.StartAsync(options =>
            options.PerMessageDeflate = new PerMessageDeflateOptions { ServerNoContextTakeover = true, ServerMaxWindowBits = 10 });
        await using var fourth = await SocketClient.OpenAsync(
            bits.Address, headers: ("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=12"));
        var agreed = fourth.WebSocket.Upgrade.Header("Sec-WebSocket-Extensions");
        Assert.Contains("server_no_context_takeover", agreed, StringComparison.Ordinal);
        Assert.Contains("server_max_window_bits=10", agreed, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1023, true, 0)]
    [InlineData(1024, true, Compressed)]
    [InlineData(1024, false, 0)]
    [Trait("Spec", "EIO-WS-10")]
    [Trait("Spec", "SRV-EOPT-10")]
    public async Task Messages_from_the_threshold_on_are_compressed_unless_their_sender_forbids_it(int length, bool compress, byte bits)
    {
        await using var server = await RequestServer.StartAsync(options => options.PerMessageDeflate = new PerMessageDeflateOptions());
        await using var client = await SocketClient.OpenAsync(server.Address, headers: ("Sec-WebSocket-Extensions", "permessage-deflate"));
        var text = new string('x', length - 1);

        server.Sessions.Single().Post(EngineFrame.Message(text), compress: compress);
        var frame = await client.WebSocket.ReceiveFrameAsync();

        Assert.Equal(bits, frame.ReservedBits);
        Assert.True(frame.IsFinal);
        Assert.Equal("4" + text, bits == 0 ? frame.Text : Inflate(frame.Data));
    }

    [Fact]
    [Trait("Spec", "EIO-WS-10")]
    public async Task Compressed_message_of_the_client_is_read()
    {
        var received = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await RequestServer.StartAsync(
            options => options.PerMessageDeflate = new PerMessageDeflateOptions(),
            engine => engine.OnConnection(session =>
                session.PacketReceived += packet => received.TrySetResult(Encoding.UTF8.GetString(packet.Data.Span))));
        await using var client = await SocketClient.OpenAsync(server.Address, headers: ("Sec-WebSocket-Extensions", "permessage-deflate"));
        var text = new string('y', 3000);

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, Deflate("4" + text), reservedBits: Compressed);

        Assert.Equal(text, await received.Task.WithDeadline("the message"));
    }

    private static string Inflate(byte[] data)
    {
        using var reader = new StreamReader(new DeflateStream(new MemoryStream([.. data, 0, 0, 0xFF, 0xFF]), CompressionMode.Decompress), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    private static byte[] Deflate(string text)
    {
        var output = new MemoryStream();
        using var deflate = new DeflateStream(output, CompressionLevel.Fastest);
        deflate.Write(Encoding.UTF8.GetBytes(text));
        // A flush ends in the four bytes that RFC 7692 leaves out.
        deflate.Flush();
        return output.ToArray()[..^4];
    }
}
