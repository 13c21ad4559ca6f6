using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;
using TestKit;

namespace Cli.Tests;

/// <summary><c>socketio doctor</c> names each fault of https://socket.io/docs/v4/troubleshooting-connection-issues/.</summary>
public sealed class DoctorTests
{
    [Fact, Trait("Spec", "PRO-TRB-01"), Trait("Spec", "PRO-TRB-02"), Trait("Spec", "PRO-TRB-03"), Trait("Spec", "PRO-TRB-04")]
    public async Task FindsTheOfficialServerWell()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { pingInterval = 300 } });
        await IsWellAsync(server.Address.ToString());
    }

    [Fact]
    public async Task FindsOurServerWell()
    {
        await using var server = await StartAsync(options => options.PingInterval = TimeSpan.FromMilliseconds(300));
        await IsWellAsync(server.BaseAddress.ToString());
    }

    [Fact]
    public async Task FindsAServerOfVersion2WellWhereItIsAskedAsOne()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { version = 2 });
        var (code, output, _) = await Run.ToEndAsync("doctor", server.Address.ToString(), "--eio", "3", "--quick");
        Assert.True(code == ExitCode.Ok, output);
    }

    [Fact]
    public Task AnUnknownName() => IsDiagnosedAsync("http://nowhere.invalid", "the name nowhere.invalid cannot be resolved", "check the spelling");

    [Fact]
    public Task AClosedPort() => IsDiagnosedAsync(Ports.Nowhere().ToString(), "nothing listens on port", "start the server");

    [Fact]
    public async Task ASilentServer()
    {
        await using var server = ScriptedServer.StartMute();
        await IsDiagnosedAsync(server.Address.ToString(), "no answer within 1 s", "swallows requests", "--timeout", "1");
    }

    [Fact]
    public async Task APlainServerThatIsAskedForTls()
    {
        await using var server = await StartAsync();
        await IsDiagnosedAsync(server.BaseAddress.ToString().Replace("http://", "https://", StringComparison.Ordinal), "speaks no TLS", "use http://");
    }

    [Fact, Trait("Spec", "CLI-TRB-02")]
    public async Task ACertificateThatNobodyTrusts()
    {
        var (key, cert) = (Path.GetTempFileName(), Path.GetTempFileName());
        await WriteCertificateAsync("localhost", key, cert);
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { tls = new { key, cert } });
        var port = server.Address.Port;
        await IsDiagnosedAsync($"https://localhost:{port}", "the certificate is not trusted", "CertificateAuthorities");
        await IsDiagnosedAsync($"https://127.0.0.1:{port}", "the certificate is not for 127.0.0.1", "have one made for this name");
        var (code, output, _) = await Run.ToEndAsync("doctor", $"https://localhost:{port}", "--insecure", "--quick");
        Assert.True(code == ExitCode.Ok, output);
    }

    [Fact, Trait("Spec", "CLI-TRB-02")]
    public async Task ACertificateThatHasExpired()
    {
        var (key, cert) = (Path.GetTempFileName(), Path.GetTempFileName());
        await WriteCertificateAsync("localhost", key, cert, validUntil: DateTimeOffset.UtcNow.AddDays(-1));
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { tls = new { key, cert } });
        await IsDiagnosedAsync($"https://localhost:{server.Address.Port}", "the certificate is not valid at this time (until ", "renew it");
    }

    [Theory]
    [InlineData(404, "", "there is nothing at /socket.io", "check the path")]
    [InlineData(200, "<html>Welcome to nginx!</html>", "is not Socket.IO (\"<html>Welcome to nginx!</html>\")", "the proxy passes it on")]
    [InlineData(502, "Bad Gateway", "the proxy does not reach the server", "start the server behind it")]
    [InlineData(401, "", "wants credentials", "--header")]
    [InlineData(403, "", "not by Socket.IO", "let the path pass")]
    [InlineData(500, "oops", "status 500 (\"oops\")", "look at the log")]
    [InlineData(400, """{"code":1,"message":"Session ID unknown"}""", "a handshake was taken for a session", "uncached")]
    [InlineData(400, """{"code":2,"message":"Bad handshake method"}""", "the method of the handshake was changed", "must stay GET")]
    [InlineData(400, """{"code":3,"message":"Bad request"}""", "the server rejects the request (code 3", "connection_error")]
    [InlineData(403, """{"code":4,"message":"Forbidden"}""", "the server forbids the handshake (code 4", "allowRequest")]
    [InlineData(400, """{"code":5,"message":"Unsupported protocol version"}""", "does not speak revision 4 (code 5", "update the server")]
    [Trait("Spec", "CLI-TRB-06"), Trait("Spec", "PRO-TRB-05"), Trait("Spec", "PRO-TRB-06"), Trait("Spec", "PRO-TRB-07")]
    public async Task AnAnswerThatIsNoHandshake(int status, string body, string diagnosis, string cure)
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(status, body));
        await IsDiagnosedAsync(server.Address.ToString(), diagnosis, cure);
    }

    [Fact]
    public async Task ARedirect()
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(301, "", ("Location", "https://www.example.com/")));
        await IsDiagnosedAsync(server.Address.ToString(), "redirects to https://www.example.com/", "use that address");
    }

    [Fact]
    public async Task AServerOfVersion2()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { version = 2 });
        await IsDiagnosedAsync(server.Address.ToString(), "revision 3 of the protocol (Socket.IO 2.x)", "EngineRevision.V3");
    }

    [Fact]
    public async Task AServerWithoutPolling()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { transports = (string[])["websocket"] } });
        await IsDiagnosedAsync(server.Address.ToString(), "no HTTP long-polling (code 0", "Transports = [\"websocket\"]");
    }

    [Fact, Trait("Spec", "PRO-TRB-08")]
    public async Task AnOriginThatIsNotAllowed()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { server = new { cors = new { origin = "https://a.example" } } });
        await IsDiagnosedAsync(server.Address.ToString(), "pages of https://b.example may not connect", "add \"https://b.example\" to the server's cors", "--origin", "https://b.example");
        var (code, output, _) = await Run.ToEndAsync("doctor", server.Address.ToString(), "--origin", "https://a.example", "--quick");
        Assert.True(code == ExitCode.Ok, output);
        await using var closed = await NodeServer.StartAsync("socketio.mjs");
        await IsDiagnosedAsync(closed.Address.ToString(), "there is no Access-Control-Allow-Origin", "set cors", "--origin", "https://b.example");
    }

    [Theory, Trait("Spec", "PRO-TRB-08")]
    [InlineData(false), InlineData(true)]
    public async Task AnOriginThatIsAllowedTwice(bool inOneLine)
    {
        const string Origin = "https://a.example", Header = "Access-Control-Allow-Origin";
        await using var server = await StartAsync(options => options.Cors = new EngineCorsOptions { Origins = { Origin } }, app => app.Use((context, next) =>
        {
            // As a proxy that sets what the server has set already.
            context.Response.OnStarting(() =>
            {
                if (inOneLine) context.Response.Headers[Header] = $"{Origin}, {Origin}";
                else context.Response.Headers.Append(Header, Origin);
                return Task.CompletedTask;
            });
            return next(context);
        }));
        await IsDiagnosedAsync(
            server.BaseAddress.ToString(), $"Access-Control-Allow-Origin is set twice ({Origin}, {Origin})", "let either the server or the proxy set it", "--origin", Origin);
    }

    [Theory]
    [InlineData(WebSocketBlock.Refuse), InlineData(WebSocketBlock.Cut), InlineData(WebSocketBlock.Swallow)]
    [Trait("Spec", "CLI-PROXY-02")]
    public async Task AProxyThatKnowsNoWebSockets(WebSocketBlock block)
    {
        await using var server = await StartAsync();
        await using var proxy = FaultyProxy.Start(server.BaseAddress);
        proxy.WebSockets = block;
        await IsDiagnosedAsync(proxy.Address.ToString(), "websocket", "proxy_http_version 1.1", "--timeout", "2");
    }

    [Fact, Trait("Spec", "CLI-TRB-07")]
    public async Task ABalancerWithoutStickySessions()
    {
        await using var a = await StartAsync();
        await using var b = await StartAsync();
        var next = 0;
        await using var balancer = await BalanceAsync(() => Interlocked.Increment(ref next) % 2 == 0 ? a : b);
        await IsDiagnosedAsync(balancer.BaseAddress.ToString(), "of 8 sessions were unknown", "several servers run without sticky sessions");
    }

    [Fact]
    public async Task SessionsThatStickByACookie()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs", new { sticky = true });
        await IsDiagnosedAsync(server.Address.ToString(), "none where cookies are sent back", "WithCredentials");
    }

    [Fact]
    public async Task ANamespaceThatIsNotThereAndOneThatRefuses()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        await IsDiagnosedAsync($"{server.Address}nothing", "the namespace /nothing refuses us: Invalid namespace", "no such namespace");
        await IsDiagnosedAsync(server.Address.ToString(), "refuses us: not authorized", "--auth", "--auth", """{"token":"bad"}""");
    }

    [Fact]
    public async Task AProxyThatCutsQuietConnections()
    {
        await using var server = await StartAsync(options => options.PingInterval = TimeSpan.FromSeconds(20));
        await using var proxy = FaultyProxy.Start(server.BaseAddress);
        await using var run = Run.Start("doctor", proxy.Address.ToString());
        await run.UntilAsync("namespace    ok");
        // From now on there is the connection of the last step.
        while (!run.Exit.IsCompleted)
        {
            proxy.Cut();
            await Task.Delay(50);
        }

        Assert.Equal(ExitCode.Failed, await run.Exit.WithDeadline());
        Assert.Contains("before the first ping", run.Text, StringComparison.Ordinal);
        Assert.Contains("proxy_read_timeout", run.Text, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "CLI-TRB-06")]
    public async Task AServerThatDoesNotPing()
    {
        await using var server = await StartAsync(
            options => (options.PingInterval, options.PingTimeout) = (TimeSpan.FromSeconds(60), TimeSpan.FromSeconds(60)),
            app => app.Use(async (context, next) =>
            {
                if (context.Request.Query["transport"] != "polling" || context.Request.Query.ContainsKey("sid"))
                {
                    await next(context);
                    return;
                }

                // The handshake promises more than the server keeps.
                var body = context.Response.Body;
                using var handshake = new MemoryStream();
                context.Response.Body = handshake;
                await next(context);
                context.Response.Body = body;
                await body.WriteAsync(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(handshake.ToArray()).Replace(":60000", ":1500 ", StringComparison.Ordinal)));
            }));
        var (code, output, _) = await Run.ToEndAsync("doctor", server.BaseAddress.ToString());
        Assert.EndsWith(
            "no ping came within 3 s: the server is blocked, or a proxy keeps its answers back: turn buffering off (nginx: proxy_buffering off)", output, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Failed, code);
    }

    private static async Task IsWellAsync(string url)
    {
        var (code, output, _) = await Run.ToEndAsync("doctor", url);
        Assert.True(code == ExitCode.Ok, output);
        var lines = output.Split('\n');
        Assert.Equal(["tcp", "handshake", "errors", "sessions", "polling", "websocket", "upgrade", "namespace", "ping", "diagnosis"], lines.Select(line => line.Split(' ')[0]));
        Assert.EndsWith("all is well: clients can connect.", lines[^1], StringComparison.Ordinal);
    }

    // The last line names what is wrong and what to do.
    private static async Task IsDiagnosedAsync(string url, string diagnosis, string cure, params string[] options)
    {
        var (code, output, _) = await Run.ToEndAsync(["doctor", url, "--quick", .. options]);
        var last = output.Split('\n')[^1];
        Assert.True(last.StartsWith("diagnosis", StringComparison.Ordinal) && last.Contains(diagnosis, StringComparison.Ordinal) && last.Contains(cure, StringComparison.Ordinal), output);
        Assert.Equal(ExitCode.Failed, code);
    }

    private static Task<WebServer> StartAsync(Action<SocketIOOptions>? options = null, Action<WebApplication>? before = null) =>
        WebServer.StartAsync(builder => builder.Services.AddSocketIO(options), app =>
        {
            before?.Invoke(app);
            app.MapSocketIO();
        });

    // Every request to another server.
    private static Task<WebServer> BalanceAsync(Func<WebServer> choose)
    {
        var http = new HttpClient();
        return WebServer.StartAsync(null, app => app.Run(async context =>
        {
            using var request = new HttpRequestMessage(new HttpMethod(context.Request.Method), new Uri(choose().BaseAddress, context.Request.Path + context.Request.QueryString.ToString()));
            if (context.Request.ContentLength > 0) request.Content = new StreamContent(context.Request.Body) { Headers = { { "Content-Type", "text/plain;charset=UTF-8" }, { "Content-Length", $"{context.Request.ContentLength}" } } };
            using var response = await http.SendAsync(request, context.RequestAborted);
            context.Response.StatusCode = (int)response.StatusCode;
            context.Response.ContentType = response.Content.Headers.ContentType?.ToString();
            await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
        }));
    }

    private static async Task WriteCertificateAsync(string name, string keyFile, string certificateFile, DateTimeOffset? validUntil = null)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), validUntil ?? DateTimeOffset.UnixEpoch.AddYears(100));
        await File.WriteAllTextAsync(keyFile, key.ExportPkcs8PrivateKeyPem());
        await File.WriteAllTextAsync(certificateFile, certificate.ExportCertificatePem());
    }
}
