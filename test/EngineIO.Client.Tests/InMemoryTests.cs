using System.Net.WebSockets;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>Sessions with a server in memory, without a socket of the machine, and other WebSockets that the application opens.</summary>
public sealed class InMemoryTests
{
    [Theory]
    [Trait("Spec", "CLI-TLS-07")]
    [Trait("Spec", "CLI-DSP-06")]
    [InlineData("polling")]
    [InlineData("websocket")]
    [InlineData("polling", "websocket")]
    public async Task Server_in_memory_is_served_by_every_transport(params string[] transports)
    {
        var closed = new Trace();
        await using var app = await InMemoryServer.StartAsync(session => session.Closed += (reason, _) => closed.Add(reason));
        var options = InMemoryServer.Options(app, transports);
        string large = new('x', 200_000);
        for (int session = 1; session <= 2; session++)
        {
            var recorder = new Recorder();
            await using var engine = await EngineClient.ConnectAsync(InMemoryServer.Address, recorder, options).WithDeadline();
            if (transports.Length > 1) await Deadline.UntilAsync(() => engine is { TransportName: "websocket", IsUpgrading: false }, "the upgrade");
            engine.Enqueue(EngineFrame.Message("hällo"));
            engine.Enqueue(EngineFrame.Binary(new byte[] { 1, 2, 255 }));
            engine.Enqueue(EngineFrame.Message(large));

            Assert.Equal(["hällo", "0102FF", large], await recorder.NextAsync(3));
            Assert.Equal(transports[^1], engine.TransportName);
            await engine.DisposeAsync().AsTask().WithDeadline();
            Assert.True(engine.Completion.IsCompleted);
            await closed.UntilAsync(session);
        }

        Assert.All(closed.Lines, static reason => Assert.Equal("transport close", reason));
    }

    [Fact]
    [Trait("Spec", "CLI-TLS-07")]
    [Trait("Spec", "CLI-WS-01")]
    [Trait("Spec", "CLI-COOK-02")]
    public async Task Request_carries_what_the_handshake_must()
    {
        WebSocketRequest? asked = null;
        await using var app = await InMemoryServer.StartAsync();
        var options = InMemoryServer.Options(app, "websocket");
        var inner = options.WebSocketFactory!;
        options.WebSocketFactory = (request, cancellation) => inner(asked = request, cancellation);
        options.Query["a"] = "b c";
        options.ExtraHeaders["X-Custom"] = "1";
        options.ExtraHeaders["Cookie"] = "mine=1";
        options.Cookies = new();
        options.Cookies.Add(InMemoryServer.Address, new System.Net.Cookie("jar", "2"));
        options.Protocols = ["one", "two"];
        await using var engine = await EngineClient.ConnectAsync(InMemoryServer.Address, options).WithDeadline();

        Assert.Equal("ws://in.memory/engine.io/?a=b%20c&EIO=4&transport=websocket", asked!.Uri.AbsoluteUri);
        Assert.Equal([new("X-Custom", "1"), new("Cookie", "mine=1; jar=2")], asked.Headers);
        Assert.Equal(["one", "two"], asked.Protocols);
        Assert.Throws<ArgumentNullException>(() => asked.ApplyTo(null!));
    }

    [Fact]
    [Trait("Spec", "CLI-TLS-07")]
    public async Task Own_ClientWebSocket_is_given_the_request()
    {
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            var socket = await exchange.UpgradeAsync(("Sec-WebSocket-Protocol", "two"));
            await socket.SendTextAsync(ScriptedEngine.Open());
            await socket.ReceiveEndAsync();
            return true;
        } };
        ClientWebSocket? own = null;
        var options = new EngineClientOptions
        {
            Transports = ["websocket"],
            ExtraHeaders = { ["X-Custom"] = "1" },
            Protocols = ["one", "two"],
            WebSocketFactory = async (request, cancellation) =>
            {
                own = new ClientWebSocket();
                request.ApplyTo(own.Options);
                await own.ConnectAsync(request.Uri, cancellation);
                return own;
            },
        };
        await using (var engine = await EngineClient.ConnectAsync(server.Address, options).WithDeadline())
        {
            var request = Assert.Single(server.Server.Requests);
            Assert.Equal("1", request.Header("x-custom"));
            Assert.Equal("one,two", request.Header("sec-websocket-protocol")!.Replace(" ", "", StringComparison.Ordinal));
            Assert.Null(request.Header("sec-websocket-extensions"));
            Assert.Equal(("two", TimeSpan.Zero), (own!.SubProtocol, own.Options.KeepAliveInterval));
        }

        // It is the session's: disposed with it.
        await Assert.ThrowsAsync<ObjectDisposedException>(() => own.SendAsync(new byte[1], WebSocketMessageType.Text, true, CancellationToken.None));
    }

    [Theory]
    [Trait("Spec", "CLI-TLS-07")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Factory_that_opens_nothing_is_a_failed_handshake(bool throws)
    {
        var options = new EngineClientOptions
        {
            Transports = ["websocket"],
            WebSocketFactory = (_, _) => throws ? throw new NotSupportedException("no sockets here") : Task.FromResult<WebSocket>(null!),
        };
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(InMemoryServer.Address, options)).WithDeadline();

        Assert.Equal(("websocket error", EngineClientStage.Handshake), (error.Message, error.Stage));
        Assert.Contains(throws ? "no sockets here" : "WebSocketFactory", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-TLS-07")]
    public async Task Factory_that_waits_ends_with_the_attempt()
    {
        var asked = new TaskCompletionSource();
        var options = new EngineClientOptions
        {
            Transports = ["websocket"],
            WebSocketFactory = async (_, cancellation) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                throw new InvalidOperationException();
            },
        };
        var engine = new EngineClient(InMemoryServer.Address, options);
        engine.Open();
        await asked.Task.WithDeadline();
        engine.Abort();

        await engine.Completion.WithDeadline();
    }
}
