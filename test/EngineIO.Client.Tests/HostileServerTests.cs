using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>A server that means no good, or is none, costs one session and bounded memory.</summary>
public sealed class HostileServerTests
{
    [Theory]
    [Trait("Spec", "CLI-ROB-01")]
    [Trait("Spec", "SEC-CLI-01")]
    [Trait("Spec", "EIO-HS-11")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("<html>not an engine</html>")]
    [InlineData("0")]
    [InlineData("0{")]
    [InlineData("0[]")]
    [InlineData("0null")]
    [InlineData("""0{"sid":"S"}""")]
    [InlineData("""0{"sid":"","upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""0{"sid":1,"upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""0{"sid":"S","upgrades":{},"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("""0{"sid":"S","upgrades":[],"pingInterval":0,"pingTimeout":0}""")]
    [InlineData("""0{"sid":"S","upgrades":[],"pingInterval":-1,"pingTimeout":1}""")]
    [InlineData("""0{"sid":"S","upgrades":[],"pingInterval":1e300,"pingTimeout":1}""")]
    [InlineData("""0{"sid":"\ud800","upgrades":[],"pingInterval":1,"pingTimeout":1}""")]
    [InlineData("4message before the handshake")]
    [InlineData("b")]
    [InlineData("2")]
    public async Task Malformed_handshake_is_a_failed_attempt(string handshake)
    {
        await using var server = new ScriptedEngine { Handshake = handshake };
        foreach (string transport in (string[])["polling", "websocket"])
        {
            var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = [transport], CloseTimeout = TimeSpan.FromMilliseconds(50) }));
            Assert.Equal(("server error", EngineClientStage.Handshake), (error.Message, error.Stage));
        }
    }

    [Fact]
    [Trait("Spec", "SEC-CLI-01")]
    public async Task Handshake_that_says_more_than_it_must_is_taken()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(more: ""","later":{"a":[1]},"maxPayload":1e6""") };
        await using var engine = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"] });

        Assert.Equal((ScriptedEngine.Sid, 1_000_000), (engine.Id, engine.Handshake!.MaxPayload));
    }

    [Theory]
    [Trait("Spec", "CLI-ROB-02")]
    [Trait("Spec", "CLI-DISC-05")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Packet_of_no_type_ends_the_session_after_those_before_it(string transport)
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Transports = [transport], CloseTimeout = TimeSpan.FromMilliseconds(50) });
        if (transport == "polling")
        {
            server.Say("4a\u001ex\u001e4b");
        }
        else
        {
            var socket = await server.NextWebSocketAsync();
            await socket.SendTextAsync("4a");
            await socket.SendTextAsync("x");
            await socket.SendTextAsync("4b");
        }

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", "server error"), (reason, error!.Message));
        Assert.Equal("a", await recorder.NextAsync());
        Assert.False(recorder.HasMessage);
    }

    [Fact]
    [Trait("Spec", "SEC-CLI-01")]
    public async Task Endless_answer_is_cut_off()
    {
        await using var server = ScriptedServer.Start(async exchange =>
        {
            await exchange.Wire.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n");
            string chunk = $"10000\r\n{new string('4', 0x10000)}\r\n";
            while (true) await exchange.Wire.WriteAsync(chunk);
        });
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"], MaxMessageSize = 1 << 20 }));

        Assert.Equal("xhr poll error", error.Message);
        Assert.Contains("MaxMessageSize", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "SEC-CLI-01")]
    public async Task Endless_message_is_cut_off()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Transports = ["websocket"], MaxMessageSize = 100_000, CloseTimeout = TimeSpan.FromMilliseconds(300) });
        var socket = await server.NextWebSocketAsync();
        await socket.SendFrameAsync(WebSocketOpcode.Binary, new byte[99_999], final: false);
        await socket.SendFrameAsync(WebSocketOpcode.Continuation, new byte[99_999], final: false);

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", "websocket error"), (reason, error!.Message));
        Assert.Contains("MaxMessageSize", error.Reason, StringComparison.Ordinal);
        Assert.Equal(1009, (await socket.ReceiveEndAsync()).CloseCode);
    }

    [Fact]
    [Trait("Spec", "SEC-CLI-01")]
    public async Task Payload_of_millions_of_packets_ends_the_session()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Transports = ["polling"] });
        server.Say(string.Join('\u001e', Enumerable.Repeat("6", 3_000_000)));

        Assert.Equal("server error", (await recorder.ClosedAsync()).Error!.Message);
    }

    [Theory]
    [Trait("Spec", "CLI-POLL-08")]
    [Trait("Spec", "SEC-CLI-01")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Redirect_is_followed_but_secrets_do_not_leave_the_origin(bool leaves)
    {
        await using var other = new ScriptedEngine();
        ScriptedEngine first = null!;
        await using var server = first = new ScriptedEngine { Intercept = async exchange =>
        {
            if (exchange.Request.Path == "/moved/" || exchange.Request.Method == "POST") return false;
            var to = leaves ? other.Address : first.Address;
            await exchange.AnswerAsync(307, "", ("Location", new Uri(to, "/moved/" + new Uri(first.Address, exchange.Request.Target).Query).AbsoluteUri));
            return true;
        } };
        var options = new EngineClientOptions { Transports = ["polling"], ExtraHeaders = { ["Authorization"] = "secret", ["Cookie"] = "a=1", ["X-Key"] = "secret" } };
        await using var engine = await EngineClient.ConnectAsync(server.Address, options);

        var moved = (await (leaves ? other : server).Server.RequestsAsync(1, request => request.Path == "/moved/"))[0];
        Assert.Equal(leaves ? (null, null, null) : ("secret", "a=1", "secret"), (moved.Header("authorization"), moved.Header("cookie"), moved.Header("x-key")));
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-08")]
    public async Task POST_is_not_redirected()
    {
        await using var other = new ScriptedEngine();
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            if (exchange.Request.Method != "POST") return false;
            await exchange.AnswerAsync(307, "", ("Location", other.Address.AbsoluteUri));
            return true;
        } };
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Transports = ["polling"] });
        engine.Enqueue(EngineFrame.Message("x"));

        Assert.Equal(("xhr post error", 307), ((await recorder.ClosedAsync()).Error!.Message, (await recorder.ClosedAsync()).Error!.StatusCode));
        Assert.Empty(other.Server.Requests);
    }

    [Fact]
    [Trait("Spec", "SEC-CLI-01")]
    public async Task Redirects_in_a_circle_end()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(302, "", ("Location", exchange.Request.Target)));
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"] }));

        Assert.Equal(("xhr poll error", 302), (error.Message, error.StatusCode));
        Assert.True(server.Requests.Count < 20);
    }
}
