using EngineIO.AspNetCore;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>Which transport a session begins with, and what it tries next.</summary>
public sealed class TransportChoiceTests
{
    [Theory]
    [Trait("Spec", "CLI-TR-04")]
    [Trait("Spec", "CLI-OPT-35")]
    [InlineData("polling", EngineTransports.WebSocket, "websocket")]
    [InlineData("websocket", EngineTransports.Polling, "polling")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:52")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:72")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:92")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:26")]
    public async Task All_transports_are_tried_where_that_is_asked_for(string first, EngineTransports enabled, string expected)
    {
        await using var server = await EchoServer.StartAsync(options => options.Transports = enabled);
        List<string> transports = [first, expected];
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, new() { Transports = transports, TryAllTransports = true });
        engine.Enqueue(EngineFrame.Message("x"));
        Assert.Equal("x", await recorder.NextAsync());
        Assert.Equal(expected, engine.TransportName);

        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.BaseAddress, new EngineClientOptions { Transports = transports }));
        Assert.Equal(first == "polling" ? "xhr poll error" : "websocket error", error.Message);
        Assert.Equal([first, expected], transports);
    }

    [Fact]
    [Trait("Spec", "CLI-TR-06")]
    [Trait("Spec", "CLI-OPT-36")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:10")]
    public async Task Upgrade_is_remembered_by_the_options_until_something_fails()
    {
        await using var server = await EchoServer.StartAsync();
        var options = new EngineClientOptions { RememberUpgrade = true };
        await using (var engine = await EngineClient.ConnectAsync(server.BaseAddress, options))
        {
            await Deadline.UntilAsync(() => engine.TransportName == "websocket", "the upgrade");
        }

        Assert.Equal("websocket", await BeginningAsync(server.BaseAddress, options));
        Assert.Equal("polling", await BeginningAsync(server.BaseAddress, new() { RememberUpgrade = true }));
        await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(Ports.Nowhere(), options));
        Assert.Equal("polling", await BeginningAsync(server.BaseAddress, options));
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-36")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:33")]
    public async Task Upgrade_is_not_remembered_by_default()
    {
        await using var server = await EchoServer.StartAsync();
        var options = new EngineClientOptions();
        await using var first = await EngineClient.ConnectAsync(server.BaseAddress, options);
        await Deadline.UntilAsync(() => first.TransportName == "websocket", "the upgrade");

        Assert.Equal("polling", await BeginningAsync(server.BaseAddress, options));
    }

    [Theory]
    [Trait("Spec", "EIO3-10")]
    [InlineData("polling", false)]
    [InlineData("polling", true)]
    [InlineData("websocket", false)]
    [InlineData("polling+websocket", false)]
    public async Task Revision_3_is_spoken_on_request(string transports, bool forceBase64)
    {
        await using var server = await EchoServer.StartAsync(options => options.AllowEIO3 = true);
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, new() { Revision = EngineRevision.V3, Transports = transports.Split('+'), ForceBase64 = forceBase64 });
        engine.Enqueue(EngineFrame.Message("€ 🚀"), (EngineFrame[])[EngineFrame.Binary(new byte[] { 1, 2, 3, 4 })]);
        Assert.Equal(["€ 🚀", "01020304"], await recorder.NextAsync(2));
        if (transports.Contains('+', StringComparison.Ordinal)) await Deadline.UntilAsync(() => engine.TransportName == "websocket", "the upgrade");
        engine.Enqueue(EngineFrame.Binary(new byte[] { 5 }));

        Assert.Equal("05", await recorder.NextAsync());
    }

    [Fact]
    public async Task Cancelled_attempt_ends()
    {
        await using var server = ScriptedServer.StartMute();
        using var cancellation = new CancellationTokenSource(50);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EngineClient.ConnectAsync(server.Address, cancellationToken: cancellation.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => EngineClient.ConnectAsync(server.Address, cancellationToken: cancellation.Token));
    }

    private static async Task<string?> BeginningAsync(Uri address, EngineClientOptions options)
    {
        string? name = null;
        await using var engine = await EngineClient.ConnectAsync(address, new Recorder { Opening = opened => name = opened.TransportName }, options);
        return name;
    }
}
