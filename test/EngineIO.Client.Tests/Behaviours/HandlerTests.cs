using System.Net.Sockets;
using TestKit;

namespace EngineIO.Client.Tests.Behaviours;

/// <summary>A handler of one's own, where the reference takes an agent.</summary>
public sealed class HandlerTests
{
    [Theory]
    [Trait("Spec", "CLI-NET-08")]
    [Trait("Spec", "CLI-OPT-46")]
    [Trait("Spec", "CLI-OPT-47")]
    [InlineData("polling")]
    [InlineData("websocket")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:239")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:254")]
    public async Task Handler_makes_the_connections(string transport)
    {
        await using var server = new ScriptedEngine();
        using var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            ConnectCallback = async (_, cancellationToken) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(server.Address.Host, server.Address.Port, cancellationToken);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        var options = new EngineClientOptions { Transports = [transport], HttpHandler = handler, CloseTimeout = TimeSpan.FromMilliseconds(200) };
        await using var engine = await EngineClient.ConnectAsync(new Uri("http://nowhere.example"), options);

        Assert.Equal(transport, engine.TransportName);
        Assert.Equal("nowhere.example", server.Server.Requests.First().Header("host"));
    }

    [Theory]
    [InlineData("polling", "xhr poll error", """{"code":1,"message":"Session ID unknown"}""")]
    [InlineData("websocket", "websocket error", null)]
    [Trait("Behaviour", "engine.io-client/test/socket.js:236")]
    [Trait("Behaviour", "engine.io-client/test/socket.js:265")]
    public async Task Unknown_session_is_a_transport_error(string transport, string message, string? body)
    {
        await using var server = await NodeServer.StartAsync("engineio.mjs");
        var recorder = new Recorder();
        using var handler = new SidHandler();
        await using var engine = new EngineClient(server.Address, new() { Transports = [transport], HttpHandler = handler }) { Handler = recorder };
        engine.Open();

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", message, 400, body), (reason, error!.Message, error.StatusCode, error.ResponseBody));
        Assert.Equal((false, 1), (recorder.HasOpened, recorder.Closings));
    }

    /// <summary>Asks for a session that there is not.</summary>
    private sealed class SidHandler() : DelegatingHandler(new SocketsHttpHandler())
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            request.RequestUri = new Uri(request.RequestUri + "&sid=abc");
            return base.SendAsync(request, cancellationToken);
        }
    }
}
