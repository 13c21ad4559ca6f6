using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>The server as an endpoint of an application, with its conventions.</summary>
public sealed class EndpointTests
{
    private const string Handshake = "/socket.io/?EIO=4&transport=polling";

    [Fact, Trait("Spec", "SRV-ATT-13"), Trait("Spec", "SRV-MW-12")]
    public async Task WithAuthorizationStrangersGet401AndTheUserIsInTheHandshake()
    {
        var users = new Trace();
        await using var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication("token").AddScheme<AuthenticationSchemeOptions, BearerToken>("token", null);
                builder.Services.AddAuthorization(options => options.AddPolicy("friends", policy => policy.RequireRole("friend")));
                builder.Services.AddSocketIO();
            },
            app => app.MapSocketIO().RequireAuthorization("friends").OnConnection(socket => users.Add(socket.Handshake.User.Identity!.Name!)));

        Assert.Equal(401, (await RawHttp.GetAsync(web.BaseAddress, Handshake)).Status);
        Assert.Equal(401, (await RawHttp.GetAsync(web.BaseAddress, "/socket.io/socket.io.js")).Status);
        Assert.Equal(401, await UpgradeStatusAsync(web.BaseAddress));
        Assert.Equal(403, (await RawHttp.GetAsync(web.BaseAddress, Handshake, ("Authorization", "Bearer Eve:stranger"))).Status);

        await using var client = await SocketClient.OpenAsync(web.BaseAddress, "/socket.io/", headers: ("Authorization", "Bearer Ada:friend"));
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveTextAsync());
        await users.UntilAsync(1);
        Assert.Equal(["Ada"], users.Lines);
    }

    [Fact, Trait("Spec", "SRV-MW-12"), Trait("Spec", "SRV-SCN-08")]
    public async Task AUserSignedInByCookieIsInTheHandshake()
    {
        SocketIOServer io = null!;
        await using var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddAuthentication("cookies").AddCookie("cookies", options => options.Events.OnRedirectToLogin = context =>
                {
                    context.Response.StatusCode = 401;
                    return Task.CompletedTask;
                });
                builder.Services.AddAuthorization();
                builder.Services.AddSocketIO();
            },
            app =>
            {
                app.MapGet("/sign-in", (string name) => Results.SignIn(new(new ClaimsIdentity([new(ClaimTypes.Name, name)], "form")), authenticationScheme: "cookies"));
                io = app.MapSocketIO().RequireAuthorization();
            });
        Assert.Equal(401, (await RawHttp.GetAsync(web.BaseAddress, Handshake)).Status);
        string cookie = (await RawHttp.GetAsync(web.BaseAddress, "/sign-in?name=Ada")).Header("set-cookie")!.Split(';')[0];

        await using var client = await PollingClient.OpenAsync(web.BaseAddress, "/socket.io/", headers: ("Cookie", cookie));
        var handshake = Assert.Single(io.Engine.Sessions).Handshake;
        Assert.Equal("Ada", handshake.User.Identity!.Name);
        Assert.Equal(cookie, handshake.Headers["cookie"]);
        // The session's later requests need the cookie as well: its id alone is no permission.
        Assert.Equal(401, (await RawHttp.GetAsync(web.BaseAddress, client.Target)).Status);
        Assert.Equal("ok", (await client.PostAsync("40", ("Cookie", cookie))).Text);
    }

    [Fact, Trait("Spec", "SRV-ATT-13")]
    public async Task TheHostMayBeRequired()
    {
        await using var web = await WebServer.StartAsync(builder => builder.Services.AddSocketIO(), app => app.MapSocketIO().RequireHost("chat.example"));
        Assert.Equal(404, (await RawHttp.GetAsync(web.BaseAddress, Handshake)).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(web.BaseAddress, Handshake, ("Host", "chat.example"))).Status);
    }

    [Fact, Trait("Spec", "SRV-ATT-13")]
    public async Task ACorsPolicyOfTheHostMayBeRequired()
    {
        await using var web = await WebServer.StartAsync(
            builder => builder.Services.AddCors().AddSocketIO(options => options.Cors = new() { Origins = { "https://other.example" } }),
            app =>
            {
                app.UseCors();
                app.MapSocketIO().RequireCors(policy => policy.WithOrigins("https://a.example").AllowCredentials().AllowAnyHeader());
            });
        var allowed = await RawHttp.GetAsync(web.BaseAddress, Handshake, ("Origin", "https://a.example"));
        Assert.Equal(("https://a.example", "true"), (allowed.Header("access-control-allow-origin"), allowed.Header("access-control-allow-credentials")));
        Assert.Null((await RawHttp.GetAsync(web.BaseAddress, Handshake, ("Origin", "https://b.example"))).Header("access-control-allow-origin"));
        var preflight = await RawHttp.RequestAsync(
            web.BaseAddress, "OPTIONS", Handshake, null, ("Origin", "https://a.example"), ("Access-Control-Request-Method", "POST"), ("Access-Control-Request-Headers", "x-custom"));
        Assert.Equal((204, "x-custom"), (preflight.Status, preflight.Header("access-control-allow-headers")));
    }

    [Fact, Trait("Spec", "SRV-ATT-13")]
    public async Task RequestsMayBeLimited()
    {
        await using var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddRateLimiter(limiter =>
                {
                    limiter.RejectionStatusCode = 429;
                    limiter.AddPolicy("handshakes", context => context.Request.Query.ContainsKey("sid")
                        ? RateLimitPartition.GetNoLimiter("sessions")
                        : RateLimitPartition.GetFixedWindowLimiter("handshakes", _ => new() { PermitLimit = 2, Window = TimeSpan.FromHours(1) }));
                });
                builder.Services.AddSocketIO();
            },
            app =>
            {
                app.UseRateLimiter();
                app.MapSocketIO().RequireRateLimiting("handshakes");
            });
        await using var client = await PollingClient.OpenAsync(web.BaseAddress, "/socket.io/");
        Assert.Equal(200, (await RawHttp.GetAsync(web.BaseAddress, Handshake)).Status);
        Assert.Equal(429, (await RawHttp.GetAsync(web.BaseAddress, Handshake)).Status);
        for (int i = 0; i < 5; i++) await client.SendAsync("3");
    }

    [Theory, Trait("Spec", "SRV-ATT-13")]
    [InlineData("RequireAuthorization", "AddAuthorization()")]
    [InlineData("RequireCors", "builder.Services.AddCors() and app.UseCors()")]
    [InlineData("RequireRateLimiting", "builder.Services.AddRateLimiter(…) and app.UseRateLimiter()")]
    public async Task WhatTheHostLacksForAConventionStopsTheStart(string convention, string remedy)
    {
        foreach (bool engineOnly in (bool[])[false, true])
        {
            var error = await Assert.ThrowsAnyAsync<Exception>(() => WebServer.StartAsync(
                builder => _ = engineOnly ? builder.Services.AddEngineIO() : builder.Services.AddSocketIO().Services,
                app =>
                {
                    IEndpointConventionBuilder server = engineOnly ? app.MapEngineIO() : app.MapSocketIO();
                    switch (convention)
                    {
                        case "RequireAuthorization": server.RequireAuthorization(); break;
                        case "RequireCors": server.RequireCors("any"); break;
                        default: server.RequireRateLimiting("any"); break;
                    }
                }));
            Assert.IsType<InvalidOperationException>(error);
            Assert.Contains($"has {convention}(), for which the host lacks the services: call ", error.Message, StringComparison.Ordinal);
            Assert.EndsWith(remedy + ".", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact, Trait("Spec", "SRV-ATT-04"), Trait("Behaviour", "socket.io/test/server-attachment.ts:158"), Trait("Behaviour", "socket.io/test/server-attachment.ts:225")]
    public async Task ServersOfDifferentPathsAndOtherRoutesLiveOnOneHost()
    {
        await using var web = await WebServer.StartAsync(
            builder => builder.Services
                .AddSocketIO().Services
                .AddSocketIO("admin", options => options.Path = "/admin/socket.io").Services
                .AddSocketIO("news", options => (options.Path, options.ServeClient) = ("/news", false)),
            app =>
            {
                foreach (var (name, server) in ((string, SocketIOServer)[])[("main", app.MapSocketIO()), ("admin", app.MapSocketIO("admin")), ("news", app.MapSocketIO("news"))])
                    server.OnConnection(socket => socket.EmitAsync("welcome", name));
                app.MapGet("/", () => "home");
                app.MapGet("/admin", () => "administration");
            });
        var clients = new List<SocketClient>();
        foreach (var (path, name) in ((string, string)[])[("/socket.io/", "main"), ("/admin/socket.io/", "admin"), ("/news/", "news")])
        {
            var client = await SocketClient.OpenAsync(web.BaseAddress, path);
            clients.Add(client);
            await client.SendAsync("40");
            Assert.StartsWith("40{", await client.ReceiveTextAsync());
            Assert.Equal($"42[\"welcome\",\"{name}\"]", await client.ReceiveTextAsync());
        }

        var main = web.Services.GetRequiredService<SocketIOServer>();
        Assert.Equal(1, main.Engine.ClientsCount);
        Assert.NotSame(main, web.Services.GetRequiredKeyedService<SocketIOServer>("admin"));
        await main.EmitAsync("news");
        Assert.Equal("42[\"news\"]", await clients[0].ReceiveTextAsync());
        Assert.Equal("home", (await RawHttp.GetAsync(web.BaseAddress, "/")).Text);
        Assert.Equal("administration", (await RawHttp.GetAsync(web.BaseAddress, "/admin")).Text);
        Assert.Equal(404, (await RawHttp.GetAsync(web.BaseAddress, "/other")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(web.BaseAddress, "/admin/socket.io/socket.io.js")).Status);
        Assert.Equal(400, (await RawHttp.GetAsync(web.BaseAddress, "/news/socket.io.js")).Status);
        foreach (var client in clients) await client.DisposeAsync();
    }

    private static async Task<int> UpgradeStatusAsync(Uri server)
    {
        await using var http = await RawHttp.ConnectAsync(server);
        await http.SendAsync("GET", "/socket.io/?EIO=4&transport=websocket", (byte[]?)null, RawWebSocket.UpgradeHeaders());
        return (await http.ReadAsync()).Status;
    }

    /// <summary>Stands for JWT: a bearer token that says who one is.</summary>
    private sealed class BearerToken(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder)
        : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
    {
        protected override Task<AuthenticateResult> HandleAuthenticateAsync()
        {
            string header = Request.Headers.Authorization.ToString();
            if (!header.StartsWith("Bearer ", StringComparison.Ordinal)) return Task.FromResult(AuthenticateResult.NoResult());
            string[] token = header[7..].Split(':');
            var identity = new ClaimsIdentity([new(ClaimTypes.Name, token[0]), new(ClaimTypes.Role, token[1])], Scheme.Name);
            return Task.FromResult(AuthenticateResult.Success(new(new(identity), Scheme.Name)));
        }
    }
}
