using System.IO.Compression;
using EngineIO.AspNetCore.Tests.Sessions;
using TestKit;

namespace EngineIO.AspNetCore.Tests.WebSockets;

/// <summary>Per-message deflate, spoken by hand.</summary>
public sealed class DeflateTests
{
    private const byte Compressed = 4;
    private static readonly (string, string) Offer = ("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");

    [Fact]
    [Trait("Spec", "EIO-WS-10")]
    public async Task Nothing_is_negotiated_that_the_client_does_not_offer()
    {
        await using var host = await EngineHost.StartAsync(options => options.PerMessageDeflate = new PerMessageDeflateOptions(), Echo);
        var (client, _) = await host.OpenWebSocketAsync();
        await using var _1 = client;

        Assert.Null(client.WebSocket.Upgrade.Header("sec-websocket-extensions"));
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-05")]
    [Trait("Spec", "EIO-WS-05")]
    public async Task Bomb_is_measured_by_its_inflated_size()
    {
        await using var host = await EngineHost.StartAsync(options =>
        {
            options.PerMessageDeflate = new PerMessageDeflateOptions();
            options.MaxHttpBufferSize = 100_000;
        });
        await using var client = await SocketClient.OpenAsync(host.Address, headers: [Offer]);
        var probe = await host.NextSessionAsync();
        byte[] bomb = Deflate(Enumerable.Repeat((byte)'4', 50_000_000).ToArray());
        Assert.True(bomb.Length < 100_000, $"{bomb.Length}");

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, bomb, reservedBits: Compressed);

        Assert.Equal(1009, (await client.ReceiveEndAsync()).CloseCode);
        await probe.AssertClosedAsync("transport error", "Max payload size exceeded");
        Assert.Equal(0, probe.UnreadMessages);
    }

    [Fact]
    [Trait("Spec", "SEC-EIO-05")]
    public async Task Garbage_for_deflated_data_closes_the_connection()
    {
        await using var host = await EngineHost.StartAsync(options => options.PerMessageDeflate = new PerMessageDeflateOptions());
        await using var client = await SocketClient.OpenAsync(host.Address, headers: [Offer]);
        var probe = await host.NextSessionAsync();

        await client.WebSocket.SendFrameAsync(WebSocketOpcode.Text, new byte[] { 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, reservedBits: Compressed);

        Assert.True((await client.ReceiveEndAsync()).IsEnd);
        Assert.IsType<EngineTransportException>(await probe.ClosedAsync());
    }

    [Fact]
    [Trait("Spec", "EIO-WS-10")]
    public async Task Server_context_may_be_given_up()
    {
        await using var host = await EngineHost.StartAsync(options =>
            options.PerMessageDeflate = new PerMessageDeflateOptions { ServerNoContextTakeover = true, ServerMaxWindowBits = 10 });
        await using var client = await SocketClient.OpenAsync(
            host.Address, headers: [("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=10")]);

        string extensions = client.WebSocket.Upgrade.Header("sec-websocket-extensions")!;
        Assert.Contains("server_no_context_takeover", extensions, StringComparison.Ordinal);
        Assert.Contains("server_max_window_bits=10", extensions, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("permessage-deflate; client_max_window_bits", "client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=15", "client_max_window_bits=10")]
    [InlineData("permessage-deflate; client_max_window_bits=9", "client_max_window_bits=9")]
    [InlineData("permessage-deflate", null)]
    [InlineData("x-other; a=1, permessage-deflate; client_no_context_takeover", null)]
    [Trait("Spec", "SRV-EOPT-10")]
    public async Task Client_may_be_held_to_less_memory(string offer, string? window)
    {
        await using var host = await EngineHost.StartAsync(options =>
            options.PerMessageDeflate = new PerMessageDeflateOptions { ClientNoContextTakeover = true, ClientMaxWindowBits = 10 });
        await using var client = await SocketClient.OpenAsync(host.Address, headers: [("Sec-WebSocket-Extensions", offer)]);

        string[] parameters = client.WebSocket.Upgrade.Header("sec-websocket-extensions")!.Split("; ");
        Assert.Equal("permessage-deflate", parameters[0]);
        Assert.Contains("client_no_context_takeover", parameters);
        Assert.Equal(window, parameters.SingleOrDefault(parameter => parameter.StartsWith("client_max_window_bits", StringComparison.Ordinal)));
    }

    // RFC 7692: the last four bytes of an empty block are left out on the wire.
    private static byte[] Deflate(byte[] data)
    {
        using var output = new MemoryStream();
        using (var deflate = new DeflateStream(output, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            deflate.Write(data);
            deflate.Flush();
        }

        byte[] bytes = output.ToArray();
        int end = bytes.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0, 0, 0xFF, 0xFF]);
        return bytes[..end];
    }

    private static void Echo(WatchedSession session) => session.Handle = message => session.Inner.SendAsync(EngineFrame.Message(message));
}
