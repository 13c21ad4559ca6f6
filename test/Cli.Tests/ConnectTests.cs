using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Cli.Tests;

/// <summary><c>socketio connect</c>.</summary>
public sealed class ConnectTests
{
    [Fact]
    public async Task ShowsTheLifeOfAConnectionToTheOfficialServer()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        await using var run = Run.Start("connect", server.Address.ToString());
        await run.UntilAsync("connected");
        await run.UntilAsync("upgraded");
        run.Type("""echo "hällo" {"a":[1,2]} 3""");
        await run.UntilAsync("""["hällo",{"a":[1,2]},3]""");
        run.Type("echo some words");
        await run.UntilAsync("""echo ["some words"]""");
        run.Type("?echo 1 2");
        await run.UntilAsync("ack          echo [1,2] after ");
        run.Type("?silent");
        run.Type("disconnect me");
        run.Type("\"disconnect me\" false");
        await run.UntilAsync("io server disconnect");
        Assert.Equal(ExitCode.Failed, await run.Exit.WithDeadline());
        var labels = run.Output.Lines.Select(line => line.Split(' ')[0]).ToList();
        Assert.True(labels.IndexOf("opening") < labels.IndexOf("handshake"), run.Text);
        Assert.True(labels.IndexOf("handshake") < labels.IndexOf("transport"), run.Text);
        Assert.Contains("ping every 25 s, timeout 20 s, at most 1000000 bytes, upgrades [websocket]", run.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ShowsOutagesAndPings()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { pingInterval = 100 } });
        await using var run = Run.Start("connect", server.Address.ToString());
        await run.UntilAsync("ping         after 0.1");
        await server.KillAsync();
        await run.UntilAsync("disconnected transport ");
        await run.UntilAsync("reconnecting attempt 1");
        await run.UntilAsync("refused");
        await server.RestartAsync();
        await Deadline.UntilAsync(() => run.Output.Lines.Count(line => line.StartsWith("connected", StringComparison.Ordinal)) == 2, "the second connection");
        run.Interrupt();
        Assert.Equal(ExitCode.Ok, await run.Exit.WithDeadline());
    }

    [Fact]
    public async Task TheEndOfTheInputSaysGoodbye()
    {
        var trace = new Trace();
        await using var server = await StartAsync(io => io.Of("/orders").OnConnection(socket =>
        {
            trace.Add($"auth {socket.Handshake.Auth.GetProperty("token")} {socket.Handshake.Query["page"]} {socket.Handshake.Headers["x-key"]} {socket.Connection.TransportName}");
            socket.OnRequest("sum", (int a, int b) => a + b);
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }));
        await using var run = Run.Start(
            "connect", server.BaseAddress.Authority, "-n", "orders", "--auth", """{"token":"t"}""", "--query", "page=1", "--header", "X-Key: k", "--transport", "websocket");
        run.Type("?sum 1 2");
        run.EndInput();
        Assert.Equal(ExitCode.Ok, await run.Exit.WithDeadline());
        Assert.Contains("sum [3] after ", run.Text, StringComparison.Ordinal);
        await trace.UntilAsync("client namespace disconnect");
        Assert.Equal("auth t 1 k websocket", trace.Lines[0]);
    }

    [Fact]
    public async Task OnceGivesAScriptOneEvent()
    {
        await using var server = await StartAsync(io => io.OnConnection(async socket =>
        {
            await socket.EmitAsync("other", 1);
            await socket.EmitAsync("price", "ABC", new { value = 1.5 });
        }));
        var (code, output, error) = await Run.ToEndAsync("connect", server.BaseAddress.ToString(), "--once", "price");
        Assert.Equal(ExitCode.Ok, code);
        Assert.Equal("""["ABC",{"value":1.5}]""", output);
        Assert.Contains("connected", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OnceDoesNotWaitForEver()
    {
        await using var server = await StartAsync();
        var (code, output, error) = await Run.ToEndAsync("connect", server.BaseAddress.ToString(), "--once", "never", "--timeout", "0.5");
        Assert.Equal((ExitCode.TimedOut, ""), (code, output));
        Assert.Contains("No event \"never\" within 0.5 s.", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ARefusalIsShownWithItsData()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        var (code, output, _) = await Run.ToEndAsync("connect", server.Address.ToString(), "--auth", """{"token":"bad"}""");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("""connect_error: not authorized {"code":"E_TOKEN","hint":"ask for another"}""", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpeaksMessagePackAndRevisionThree()
    {
        await using var packed = await NodeServer.StartAsync("socketio.mjs", new { msgpack = true });
        await using var run = Run.Start("connect", packed.Address.ToString(), "--parser", "msgpack");
        run.Type("?echo 1");
        await run.UntilAsync("echo [1] after");
        await using var old = await NodeServer.StartAsync("socketio.mjs", new { version = 2 });
        await using var second = Run.Start("connect", old.Address.ToString(), "--eio", "3");
        second.Type("?echo 1");
        await second.UntilAsync("echo [1] after");
    }

    [Theory]
    [InlineData("Which URL?", "connect")]
    [InlineData("no option --verbose", "connect", "localhost", "--verbose", "1")]
    [InlineData("--auth wants a value", "connect", "localhost", "--auth")]
    [InlineData("give a JSON object", "connect", "localhost", "--auth", "token")]
    [InlineData("give a JSON object", "connect", "localhost", "--auth", "1")]
    [InlineData("polling, websocket", "connect", "localhost", "--transport", "udp")]
    [InlineData("is no URL", "connect", "ftp://localhost")]
    [InlineData("There is no command", "ring", "localhost")]
    public async Task AWrongCommandLineIsExplained(string message, params string[] args)
    {
        var (code, _, error) = await Run.ToEndAsync(args);
        Assert.Equal(ExitCode.Usage, code);
        Assert.Contains(message, error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("socketio connect URL", "--help"), InlineData("--once EVENT", "connect", "--help"), InlineData("--origin ORIGIN", "doctor", "-h")]
    public async Task HelpIsGiven(string text, params string[] args)
    {
        var (code, output, _) = await Run.ToEndAsync(args);
        Assert.Equal(ExitCode.Ok, code);
        Assert.Contains(text, output, StringComparison.Ordinal);
    }

    private static Task<WebServer> StartAsync(Action<SocketIOServer>? setUp = null) => WebServer.StartAsync(
        builder => builder.Services.AddSocketIO(),
        app =>
        {
            var io = app.MapSocketIO();
            setUp?.Invoke(io);
        });
}
