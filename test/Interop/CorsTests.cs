using EngineIO.AspNetCore;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests;

/// <summary>A page in a real browser and a server of another origin: the refusal, and its cures.</summary>
[Trait("Spec", "PRO-TRB-08")]
public sealed class CorsTests
{
    private static readonly object Refused = new { loaded = true, connected = false, message = "xhr poll error" };

    [Fact]
    public Task WithoutCorsPollingIsRefused() => RunAsync(Refused);

    [Fact]
    public Task AnotherAllowedOriginDoesNotHelp() => RunAsync(Refused, _ => new EngineCorsOptions { Origins = { "https://elsewhere.example" } });

    [Fact]
    public Task TheAllowedOriginConnects() => RunAsync(Connected(), page => new EngineCorsOptions { Origins = { page } });

    [Fact]
    [Trait("Behaviour", "engine.io/test/server.js:3822")]
    public Task EveryOriginConnects() => RunAsync(Connected(), _ => new EngineCorsOptions());

    [Fact]
    public Task CredentialsNeedPermission() => RunAsync(
        Refused, page => new EngineCorsOptions { Origins = { page } }, options: new { withCredentials = true });

    [Fact, Trait("Spec", "SRV-SCN-08")]
    public Task CredentialsComeWithPermission() => RunAsync(
        Connected(cookie: "visitor=Ada"), page => new EngineCorsOptions { Origins = { page }, Credentials = true }, options: new { withCredentials = true });

    [Fact]
    public Task WebSocketAloneIsNotSubjectToCors() => RunAsync(Connected(cookie: "visitor=Ada"), options: new { transports = (string[])["websocket"] });

    [Fact, Trait("Spec", "SRV-STAT-05")]
    public Task TheModuleIsServedToAllowedOrigins() => RunAsync(Connected(), page => new EngineCorsOptions { Origins = { page } }, module: true);

    [Fact]
    public Task AspNetCoresPolicyForTheEndpointWillDo() => RunAsync(
        Connected(cookie: "visitor=Ada"), policy: page => policy => policy.WithOrigins(page).AllowAnyHeader().AllowCredentials(), options: new { withCredentials = true });

    private static object Connected(string? cookie = null) => new { loaded = true, connected = true, echo = "hello", transport = "websocket", cookie };

    private static async Task RunAsync(
        object outcome,
        Func<string, EngineCorsOptions?>? cors = null,
        Func<string, Action<CorsPolicyBuilder>>? policy = null,
        object? options = null,
        bool module = false)
    {
        await using var page = await WebServer.StartAsync(null, app => app.MapGet("/", () => Results.Content("<!doctype html><title>Elsewhere</title>", "text/html")));
        var origin = page.BaseAddress.GetLeftPart(UriPartial.Authority);
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddCors().AddSocketIO(o => o.Cors = cors?.Invoke(origin)),
            app =>
            {
                app.UseCors();
                var io = app.MapSocketIO();
                if (policy is not null) io.RequireCors(policy(origin));
                io.OnConnection(socket =>
                {
                    socket.OnRequest<string, string>("echo ack", text => text);
                    socket.OnRequest("cookie", () => socket.Handshake.Headers.GetValueOrDefault("cookie"));
                });
            });
        await Script.RunAsync("cors.mjs", new Dictionary<string, object>
        {
            ["page"] = page.BaseAddress.OriginalString,
            ["url"] = server.BaseAddress.GetLeftPart(UriPartial.Authority),
            ["cookie"] = true,
            ["module"] = module,
            ["options"] = options ?? new { },
            ["outcome"] = outcome,
        });
        Assert.Empty(server.Log.Errors);
    }
}
