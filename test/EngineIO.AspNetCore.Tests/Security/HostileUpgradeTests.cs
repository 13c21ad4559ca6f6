using System.Net;
using System.Net.WebSockets;
using EngineIO.AspNetCore.Tests.Requests;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Security;

/// <summary>Opening handshakes of WebSockets that no client writes, and requests that come at the wrong moment.</summary>
public sealed class HostileUpgradeTests
{
    [Theory]
    [InlineData("Sec-WebSocket-Protocol", "a b")]
    [InlineData("Sec-WebSocket-Protocol", "a/b")]
    [InlineData("Sec-WebSocket-Protocol", ",")]
    [InlineData("Sec-WebSocket-Protocol", "\"quoted\"")]
    [InlineData("Sec-WebSocket-Protocol", "é")]
    [InlineData("Sec-WebSocket-Protocol", "(comment)")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=99")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=8")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; server_max_window_bits=8")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=-1")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits=x; client_max_window_bits")]
    [InlineData("Sec-WebSocket-Extensions", ";;,=,\"")]
    [InlineData("Sec-WebSocket-Extensions", "permessage-deflate; =; ;")]
    [InlineData("Sec-WebSocket-Key", "")]
    [InlineData("Sec-WebSocket-Version", "13, 13")]
    [Trait("Spec", "SEC-HS-02")]
    public async Task Strange_header_leaves_no_session_and_no_unhandled_exception(string name, string value)
    {
        await using var place = await EngineNeighbourhood.StartAsync(options => options.PerMessageDeflate = new() { ClientNoContextTakeover = true, ClientMaxWindowBits = 10 });
        var before = place.Engine.ClientsCount;
        (string Name, string Value)[] headers = [.. RawWebSocket.UpgradeHeaders().Where(header => header.Name != name), (name, value)];
        await using var client = await PollingClient.OpenAsync(place.Address);
        foreach (var target in (string[])[RequestServer.WebSocket, client.UpgradeTarget])
        {
            await using var http = await RawHttp.ConnectAsync(place.Address);
            await http.SendAsync("GET", target, (byte[]?)null, headers);
            http.Wire.ShutdownSend();
            await http.Wire.ReadToEndAsync();
        }

        await client.SendAsync("4still here");
        Assert.Equal("4still here", await client.ReceiveAsync());
        await Deadline.UntilAsync(() => place.Engine.ClientsCount == before + 1, "the broken session to go");
        await place.AssertUnharmedAsync();
    }

    [Fact]
    [Trait("Spec", "SEC-HS-02")]
    public async Task Upgrades_over_HTTP_2_that_are_reset_leave_nothing()
    {
        EngineServer engine = null!;
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app =>
            {
                engine = app.MapEngineIO();
                engine.OnConnection(session => session.Post(EngineFrame.Message("hello")));
            },
            HttpProtocols.Http2);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var http = new HttpClient { BaseAddress = server.BaseAddress, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact };
        for (var i = 0; i < 30; i++)
        {
            var target = "engine.io/?EIO=4&transport=";
            if (i % 2 == 1)
            {
                // The upgrade of a session, and of one that is unknown.
                var open = await http.GetStringAsync(new Uri(target + "polling", UriKind.Relative)).WithDeadline("the handshake");
                target += "websocket&sid=" + (i % 3 == 0 ? "unknown" : System.Text.Json.JsonDocument.Parse(open.Split('\u001e')[0][1..]).RootElement.GetProperty("sid").GetString());
            }
            else target += "websocket";
            using var socket = new ClientWebSocket();
            socket.Options.HttpVersion = HttpVersion.Version20;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            try
            {
                await socket.ConnectAsync(new Uri($"ws://{server.BaseAddress.Authority}/{target}"), invoker, default).WithDeadline("the WebSocket");
                if (i % 4 < 2) await socket.SendAsync("2probe"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: i % 4 == 0, default);
            }
            catch (WebSocketException) when (i % 2 == 1)
            {
                // Refused.
            }

            socket.Abort();
        }

        await Deadline.UntilAsync(() => engine.Sessions.All(session => session.TransportName == "polling"), "the WebSockets to go");
        Assert.Equal(15, engine.ClientsCount);
        Assert.Empty(server.Log.Errors);
    }

    [Fact]
    [Trait("Spec", "SEC-HS-08")]
    public async Task Post_that_comes_as_its_session_ends_is_not_waited_for()
    {
        var hook = new LineHook("setting new request for existing client");
        await using var server = await RequestServer.StartAsync(services: services => services.AddLogging(logging => logging.AddProvider(hook).SetMinimumLevel(LogLevel.Debug)));
        await using var client = await PollingClient.OpenAsync(server.Address);
        // Between the look for the session and its transport's turn.
        hook.Action = () => Assert.Single(server.Sessions).Close(discard: true);
        await using var http = await RawHttp.ConnectAsync(server.Address);

        await http.SendHeadAsync("POST", client.Target, ("Transfer-Encoding", "chunked"));

        Assert.Equal(400, (await http.ReadAsync()).Status);
        Assert.Equal(0, server.Engine.ClientsCount);
        Assert.Empty(server.Log.Errors);
    }
}
