using EngineIO.AspNetCore.Tests.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.WebSockets;

/// <summary>WebSockets that go on without the request that opened them.</summary>
public sealed class DetachTests : IAsyncDisposable
{
    private static readonly TimeSpan s_keepAlive = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<int> _requestEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<WatchedSession> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebServer _web = null!;
    private EngineServer _engine = null!;

    public async ValueTask DisposeAsync() => await _web.DisposeAsync();

    [Fact]
    public async Task The_request_ends_at_the_upgrade_and_messages_go_both_ways()
    {
        await StartAsync();
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);

        Assert.Equal(101, await _requestEnded.Task.WithDeadline("the request to end"));
        var session = await EchoAsync(client);
        await client.WebSocket.SendCloseAsync(1000);

        Assert.Equal(WebSocketOpcode.Close, (await client.ReceiveEndAsync()).Opcode);
        await session.AssertClosedAsync(CloseReasons.TransportClose);
        Assert.True((await client.WebSocket.Wire.ReadToEndAsync()).Bytes is []);
        Assert.Empty(_web.Log.Errors);
    }

    [Fact]
    public async Task Messages_that_come_with_the_upgrade_are_read()
    {
        await StartAsync();
        await using var http = await RawHttp.ConnectAsync(_web.BaseAddress);
        var head = string.Join("\r\n", RawWebSocket.UpgradeHeaders().Select(header => $"{header.Name}: {header.Value}"));

        await http.Wire.WriteAsync(
            (byte[])[.. System.Text.Encoding.ASCII.GetBytes($"GET /engine.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n{head}\r\n\r\n"), .. RawWebSocket.Frame(WebSocketOpcode.Text, "4early"u8.ToArray())]);

        Assert.Equal("early", await (await OpenedAsync()).NextMessageAsync());
    }

    [Fact]
    public async Task A_session_that_began_on_polling_moves_on()
    {
        await StartAsync();
        var polling = await PollingClient.OpenAsync(_web.BaseAddress);
        await using var closing = polling;
        await using var webSocket = await RawWebSocket.ConnectAsync(_web.BaseAddress, polling.UpgradeTarget);
        await webSocket.SendTextAsync("2probe");
        Assert.Equal("3probe", (await webSocket.ReceiveAsync()).Text);
        await webSocket.SendTextAsync("5");
        await webSocket.SendTextAsync("4moved");

        Assert.Equal("moved", await (await OpenedAsync()).NextMessageAsync());
        Assert.Equal(101, await _requestEnded.Task.WithDeadline("the request to end"));
    }

    [Fact]
    public async Task A_middleware_that_goes_on_behind_the_endpoint_holds_up_nothing()
    {
        var release = new TaskCompletionSource();
        await StartAsync(async (context, next) =>
        {
            await next(context);
            await release.Task;
        });
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);

        var session = await EchoAsync(client);

        Assert.False(_requestEnded.Task.IsCompleted);
        release.SetResult();
        Assert.Equal(101, await _requestEnded.Task.WithDeadline("the request to end"));
        await EchoAsync(client);
        client.WebSocket.Reset();
        await session.AssertClosedAsync(CloseReasons.TransportClose);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_middleware_that_fails_behind_the_endpoint_is_logged_and_no_more(bool aborts)
    {
        var connected = new TaskCompletionSource();
        await StartAsync(async (context, next) =>
        {
            await next(context);
            await connected.Task;
            if (aborts) context.Abort();
            throw new InvalidOperationException("a middleware's");
        });
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        var session = await OpenedAsync();

        connected.SetResult();

        if (aborts)
        {
            // The connection is the request's to cut.
            await session.AssertClosedAsync(CloseReasons.TransportClose);
            return;
        }

        await Deadline.UntilAsync(() => _web.Log.Errors.Count > 0, "the failure in the log");
        await EchoAsync(client);
        Assert.Equal("a middleware's", Assert.Single(_web.Log.Errors).Exception!.Message);
    }

    [Fact]
    public async Task Kestrel_still_counts_the_connection_and_no_longer_the_request()
    {
        await StartAsync();
        using var kestrel = new MetricRecorder(_web.Services, "Microsoft.AspNetCore.Server.Kestrel");
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        await _requestEnded.Task.WithDeadline("the request to end");
        var session = await EchoAsync(client);
        var tags = $"{{network.transport=tcp,network.type=ipv4,server.address=127.0.0.1,server.port={_web.BaseAddress.Port}}}";

        Assert.Equal(1, kestrel[$"kestrel.active_connections{tags}"]);
        Assert.Equal(0, kestrel[$"kestrel.upgraded_connections{tags}"]);
        session.Inner.Close();
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        await client.ReceiveEndAsync();
        await client.WebSocket.SendCloseAsync();

        await kestrel.UntilAsync($"kestrel.active_connections{tags}", 0);
    }

    [Fact]
    public async Task The_host_tells_the_client_and_waits_for_the_connection_when_it_stops()
    {
        await StartAsync();
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        await _requestEnded.Task.WithDeadline("the request to end");
        var session = await EchoAsync(client);

        var stopping = _web.StopAsync();

        Assert.Equal(WebSocketOpcode.Close, (await client.ReceiveEndAsync()).Opcode);
        await client.WebSocket.SendCloseAsync();
        await stopping;
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        Assert.False((await client.WebSocket.Wire.ReadToEndAsync()).IsReset);
    }

    [Fact]
    public async Task The_timeouts_of_HTTP_end_with_it()
    {
        await StartAsync(options: options => options.PingInterval = TimeSpan.FromSeconds(4));
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        await _requestEnded.Task.WithDeadline("the request to end");

        // Four times what Kestrel grants a connection without a request.
        Assert.Equal("2", (await client.WebSocket.ReceiveAsync()).Text);

        await EchoAsync(client);
    }

    [Fact]
    public async Task A_peer_that_goes_without_a_word_is_noticed()
    {
        await StartAsync();
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        await _requestEnded.Task.WithDeadline("the request to end");
        var session = await EchoAsync(client);

        client.WebSocket.Wire.ShutdownSend();

        await session.AssertClosedAsync(CloseReasons.TransportClose);
        Assert.Equal(0, _engine.ClientsCount);
    }

    [Fact]
    public async Task Nothing_of_the_request_is_kept()
    {
        WeakReference? context = null, services = null;
        await StartAsync((request, next) =>
        {
            (context, services) = (new WeakReference(request), new WeakReference(request.RequestServices));
            return next(request);
        });
        await using var client = await SocketClient.OpenAsync(_web.BaseAddress);
        await _requestEnded.Task.WithDeadline("the request to end");

        await Deadline.UntilAsync(
            () =>
            {
                GC.Collect();
                return context is { IsAlive: false } && services is { IsAlive: false };
            },
            "the request to be collected");

        await EchoAsync(client);
    }

    [Fact]
    public async Task Requests_without_an_upgrade_and_keep_alive_are_as_ever()
    {
        await StartAsync();
        await using var http = await RawHttp.ConnectAsync(_web.BaseAddress);
        for (var i = 0; i < 3; i++)
        {
            await http.SendAsync("GET", "/engine.io/?EIO=4&transport=polling");
            Assert.Equal(200, (await http.ReadAsync()).Status);
        }

        // Kestrel's own timeout still ends the connection.
        Assert.Empty((await http.Wire.ReadToEndAsync()).Bytes);
    }

    private async Task StartAsync(Func<HttpContext, RequestDelegate, Task>? middleware = null, Action<EngineOptions>? options = null) => _web = await WebServer.StartAsync(
        builder =>
        {
            builder.Services.AddEngineIO(options);
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.KeepAliveTimeout = s_keepAlive);
        },
        app =>
        {
            app.Use(async (context, next) =>
            {
                await next(context);
                if (context.WebSockets.IsWebSocketRequest) _requestEnded.TrySetResult(context.Response.StatusCode);
            });
            if (middleware is not null) app.Use(middleware);
            _engine = app.MapEngineIO();
            _engine.OnConnection(session => _opened.TrySetResult(new WatchedSession(session)));
        },
        listen: listen => listen.UseDetachedWebSockets());

    private Task<WatchedSession> OpenedAsync() => _opened.Task.WithDeadline("the session");

    private async Task<WatchedSession> EchoAsync(SocketClient client)
    {
        var session = await OpenedAsync();
        await client.SendAsync("4there");
        Assert.Equal("there", await session.NextMessageAsync());
        await session.SendAsync("back");
        Assert.Equal("4back", await client.ReceiveTextAsync());
        return session;
    }
}
