using EngineIO.AspNetCore.Tests.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Diagnostics;

/// <summary>The reference's debug lines about what goes wrong, and about orderly ends.</summary>
public sealed class DebugLineTests : IDisposable
{
    private readonly LogRecorder _log = new(LogLevel.Trace);

    [Fact]
    [Trait("Spec", "SRV-LOG-02"), Trait("Spec", "SRV-LOG-03"), Trait("Spec", "SRV-LOG-04")]
    public async Task Orderly_close_of_polling()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await session.SendAsync("a");

        session.Inner.Close();

        Assert.Equal("4a", (await client.GetAsync()).Text);
        Assert.Equal("6\u001e1", (await client.GetAsync()).Text);
        await session.AssertClosedAsync(CloseReasons.ForcedClose);
        AssertInOrder(
            "engine:socket",
            "there are 1 remaining packets in the buffer, waiting for the 'drain' event",
            "all packets have been sent, closing the transport",
            "closing the transport (discard? false)");
        AssertInOrder(
            "engine:polling",
            "closing",
            "transport not writable - buffering orderly close",
            "triggering empty send to append close packet",
            "appending close packet to payload");
        AssertInOrder("engine:transport", "readyState updated from open to closing (polling)", "readyState updated from closing to closed (polling)");
        Assert.Single(LinesOf("engine:polling"), line => line == "closing");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-02")]
    public async Task Discarding_close()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        var (client, session) = await host.OpenWebSocketAsync();
        await using var closing = client;

        session.Inner.Close(discard: true);

        AssertInOrder("engine:socket", "closing the transport (discard? true)");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-02")]
    public async Task Faults_of_a_transport_before_and_after_the_end()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var post = await RawHttp.ConnectAsync(host.Address);
        await post.SendHeadAsync("POST", client.Target, ("Content-Length", "100"));
        await host.BegunAsync("POST", 1);
        var pending = await host.PollAsync(client);

        Assert.Equal(400, (await RawHttp.GetAsync(host.Address, client.Target)).Status);

        Assert.Equal("1", (await pending).Text);
        await UntilAsync("engine:socket", "error triggered by discarded transport");
        AssertInOrder("engine:socket", "transport error", "error triggered by discarded transport");
        AssertInOrder("engine:polling", "request overlap", "aborting ongoing data request");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-04")]
    public async Task Compression()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        var (client, session) = await host.OpenPollingAsync();
        await using var closing = client;
        await session.SendAsync(new string('x', 2000));

        var answer = await RawHttp.GetAsync(host.Address, client.Target, ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", answer.Header("Content-Encoding"));
        AssertInOrder("engine:polling", "compressing");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-01"), Trait("Spec", "SRV-LOG-02"), Trait("Spec", "SRV-LOG-03")]
    public async Task Upgrades_that_fail()
    {
        await using var host = await EngineHost.StartWithFakeTimeAsync(log: _log);
        var (client, _) = await host.OpenPollingAsync();
        await using var closing = client;
        await using var late = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
        await late.SendTextAsync("2probe");
        Assert.Equal("3probe", (await late.ReceiveAsync()).Text);
        await using (var second = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget)) await second.ReceiveEndAsync();

        host.Advance(host.Engine.Options.UpgradeTimeout + TimeSpan.FromMilliseconds(100));

        await UntilAsync("engine:socket", "client did not complete upgrade - closing transport");
        // A frame that RFC 6455 does not allow.
        await late.SendFrameAsync(WebSocketOpcode.Text, default, reservedBits: 7);
        await Deadline.UntilAsync(() => LinesOf("engine:transport").Any(line => line.StartsWith("ignored transport error ", StringComparison.Ordinal)), "the ignored fault");

        await using (var third = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget))
        {
            await third.SendTextAsync("2probe");
            Assert.Equal("3probe", (await third.ReceiveAsync()).Text);
            await third.SendTextAsync("5");
            await Deadline.UntilAsync(() => host.Engine.Sessions.Single().TransportName == "websocket", "the upgrade");
            await using var fourth = await RawWebSocket.ConnectAsync(host.Address, client.UpgradeTarget);
            await fourth.ReceiveEndAsync();
        }

        AssertInOrder(
            "engine",
            "upgrading existing transport",
            "transport has already been trying to upgrade",
            "upgrading existing transport",
            "transport had already been upgraded");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-01")]
    public async Task Requests_that_fail()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        host.Engine.Use(async (_, next) =>
        {
            await next();
            await next();
        });

        Assert.Equal(400, (await RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=polling", ("Origin", "a\u263a"))).Status);
        await RawWebSocket.RefusedAsync(host.Address, "/engine.io/?EIO=4&transport=polling");

        AssertInOrder(
            "engine",
            "middleware already settled, ignoring extra callback",
            "invalid header, index 1, char \"9786\"",
            "origin header invalid",
            "transport doesn't handle upgraded requests");
    }

    [Fact]
    [Trait("Spec", "SRV-LOG-01")]
    public async Task Middleware_that_fails_after_it_has_answered()
    {
        await using var host = await EngineHost.StartAsync(log: _log);
        host.Engine.Use(async (request, _) =>
        {
            await request.HttpContext.Response.WriteAsync("begun");
            throw new InvalidOperationException("too late");
        });

        await RawHttp.GetAsync(host.Address, "/engine.io/?EIO=4&transport=polling");

        AssertInOrder("engine", "response headers already sent, skipping error response");
    }

    public void Dispose() => _log.Dispose();

    private IEnumerable<string> LinesOf(string scope) => _log.Entries.Where(entry => entry.Category == scope).Select(entry => entry.Message);

    private Task UntilAsync(string scope, string line) => Deadline.UntilAsync(() => LinesOf(scope).Contains(line), line);

    /// <summary>These lines, and others between them.</summary>
    private void AssertInOrder(string scope, params string[] expected)
    {
        var next = 0;
        foreach (var line in LinesOf(scope))
        {
            if (next < expected.Length && line == expected[next]) next++;
        }

        Assert.True(next == expected.Length, $"Missing: {expected.ElementAtOrDefault(next)}; there are:\n{string.Join('\n', LinesOf(scope))}");
    }
}
