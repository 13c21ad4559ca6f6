using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class MiddlewareTests
{
    [Fact, Trait("Spec", "SRV-MW-01")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:11"), Trait("Behaviour", "socket.io/test/middleware.ts:135")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:164")]
    public async Task RunInTheOrderOfRegistrationOnASnapshot()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use(async (_, next) =>
            {
                trace.Add("1");
                io.Use((_, next) =>
                {
                    trace.Add("late");
                    return next();
                });
                await Task.Yield();
                await next();
                trace.Add("1 after");
            });
            io.Use((_, next) =>
            {
                trace.Add("2");
                return next();
            });
            io.OnConnection(_ => trace.Add("connection"));
        });
        await using var client = await server.ConnectAsync();
        await trace.UntilAsync(4);
        Assert.Equal(["1", "2", "1 after", "connection"], trace.Lines);
        await using var second = await server.ConnectAsync();
        await trace.UntilAsync(9);
        Assert.Equal(["1", "2", "late", "1 after", "connection"], trace.Lines.Skip(4));
    }

    [Fact, Trait("Spec", "SRV-MW-02"), Trait("Spec", "SRV-SEC-03")]
    public async Task MalformedAuthIsRefusedAndNoFaultOfTheApplication()
    {
        var errors = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => errors.Add(error.Exception.Message);
            io.Use((socket, next) => socket.Handshake.GetAuth<Dictionary<string, int>>() is null ? default : next());
        });
        await using var client = await server.OpenAsync();
        await client.SendAsync("""40{"token":"abc"}""");
        Assert.Equal("""44{"message":"Invalid auth payload"}""", await client.ReceiveAsync());
        await client.SendAsync("""40{"token":5}""");
        Assert.StartsWith("40{", await client.ReceiveAsync(), StringComparison.Ordinal);
        Assert.Empty(errors.Lines);
    }

    [Fact, Trait("Spec", "SRV-MW-02"), Trait("Spec", "SIO-CONN-05"), Trait("Spec", "SRV-SEC-03")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:34"), Trait("Behaviour", "socket.io/test/middleware.ts:55")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:189")]
    public async Task RefuseWithMessageAndData()
    {
        var errors = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => errors.Add($"{error.Source} {error.Exception.Message} {error.Namespace!.Name}");
            io.Of("/data").Use((_, _) => throw new ConnectionRefusedException("no", new { code = 42 }));
            io.Of("/data").Use((_, next) =>
            {
                errors.Add("The chain went on.");
                return next();
            });
            io.Of("/message").Use((_, _) => throw new ConnectionRefusedException("no \"way\""));
            io.Of("/empty").Use((_, _) => throw new ConnectionRefusedException(""));
            io.Of("/secret").Use(async (_, _) =>
            {
                await Task.Yield();
                throw new InvalidOperationException("the password is 1234");
            });
            io.Of("/silent").Use((_, _) => default(ValueTask));
            io.Of("/after").Use(async (_, next) =>
            {
                await next();
                throw new ConnectionRefusedException("too late for others, not for this");
            });
        });
        await using var client = await server.OpenAsync();
        await RefusedAsync("/data", "{\"message\":\"no\",\"data\":{\"code\":42}}");
        await RefusedAsync("/message", "{\"message\":\"no \\\"way\\\"\"}");
        await RefusedAsync("/empty", "{\"message\":\"\"}");
        await RefusedAsync("/secret", "{\"message\":\"Internal server error\"}");
        await RefusedAsync("/silent", "{\"message\":\"Connection refused\"}");
        await RefusedAsync("/after", "{\"message\":\"too late for others, not for this\"}");
        await RefusedAsync("/unknown", "{\"message\":\"Invalid namespace\"}");
        Assert.Equal(["Middleware the password is 1234 /secret"], errors.Lines);
        Assert.Contains(server.Log.Errors, entry => entry.Category == "socket.io:server" && entry.Exception?.Message == "the password is 1234");

        // The connection is as good as before.
        await client.JoinAsync();

        async Task RefusedAsync(string ns, string payload)
        {
            await client.SendAsync($"40{ns},");
            await client.ExpectAsync($"44{ns},{payload}");
            Assert.Empty(server.Io.Of(ns).Sockets);
            Assert.Equal(0, server.Io.Of(ns).ConnectingCount);
        }
    }

    [Fact, Trait("Spec", "SRV-MW-02")]
    public async Task TellMoreWhenDetailedErrorsAreEnabled()
    {
        await using var server = await TestServer.StartAsync(
            io => io.Use((_, _) => throw new InvalidOperationException("details")), options => options.EnableDetailedErrors = true);
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        await client.ExpectAsync("44{\"message\":\"details\"}");
    }

    [Fact, Trait("Spec", "SRV-MW-02")]
    public async Task AFailureFurtherInIsNotForgivenByAMiddlewareThatDoesNotAwait()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use((socket, next) =>
            {
                _ = next();
                return default(ValueTask);
            });
            io.Use(async (_, next) =>
            {
                try
                {
                    await next();
                }
                catch (ConnectionRefusedException)
                {
                    // Swallowed; the client stays refused.
                }
            });
            io.Use(async (_, _) =>
            {
                await Task.Yield();
                throw new ConnectionRefusedException("no");
            });
        });
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        await client.ExpectAsync("44{\"message\":\"no\"}");
    }

    [Fact, Trait("Spec", "SRV-MW-03")]
    public async Task OneThatNeverEndsLeavesTheClientToTheConnectTimeout()
    {
        await using var server = await TestServer.StartAsync(
            io => io.Use((_, _) => new ValueTask(new TaskCompletionSource().Task)), options => options.ConnectTimeout = TimeSpan.FromSeconds(1), fakeTime: true);
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        await Deadline.UntilAsync(() => server.Io.Sockets.ConnectingCount == 1, "the middleware");
        server.Time.Advance(TimeSpan.FromSeconds(1));
        await client.ReceiveEndAsync();
    }

    [Fact, Trait("Spec", "SRV-MW-04"), Trait("Spec", "SRV-NSP-03"), Trait("Spec", "SIO-CONN-01")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:135")]
    public async Task ThoseOfTheMainNamespaceDoNotRunForOthers()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use((_, _) => throw new ConnectionRefusedException("not here"));
            io.OnConnection(_ => trace.Add("main"));
            io.Of("/admin").OnConnection(_ => trace.Add("admin"));
        });
        await using var client = await server.ConnectAsync("/admin");
        Assert.Equal(["admin"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-MW-04"), Trait("Behaviour", "socket.io/test/middleware.ts:175")]
    public async Task ThoseOfANamespaceLeaveTheMainOneOpen()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.Of("/chat").Use((socket, next) =>
        {
            trace.Add(socket.Namespace.Name);
            return next();
        }));
        await using var client = await server.ConnectAsync();
        Assert.Empty(trace.Lines);
        await client.JoinAsync("/chat");
        Assert.Equal(["/chat"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-MW-05"), Trait("Spec", "SRV-BC-08"), Trait("Spec", "SRV-SOCK-04")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:79")]
    public async Task HaveASocketThatIsNotConnectedButUsable()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Use(async (socket, next) =>
            {
                Assert.False(socket.Connected);
                await socket.JoinAsync("room");
                socket.Data["user"] = socket.Handshake.GetAuth<Dictionary<string, string>>()!["token"];
                await socket.EmitAsync("early");
                await io.To("room").EmitAsync("not for those in middlewares");
                await next();
            });
            io.OnConnection(socket => socket.EmitAsync("user", socket.Data["user"]));
        });
        await using var client = await server.OpenAsync();
        await client.SendAsync("40{\"token\":\"abc\"}");
        await client.ExpectAsync("42[\"early\"]");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await client.ExpectAsync("42[\"user\",\"abc\"]");
        await server.Io.To("room").EmitAsync("now");
        await client.ExpectAsync("42[\"now\"]");
    }

    [Fact, Trait("Spec", "SRV-MW-05"), Trait("Spec", "SRV-MW-06")]
    [Trait("Behaviour", "socket.io/test/socket.ts:910")]
    public async Task RoomsAreLeftAndNothingIsRaisedAfterARefusal()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.Use(async (socket, _) =>
        {
            await socket.JoinAsync("room");
            socket.OnDisconnected(_ => trace.Add("disconnected"));
            throw new ConnectionRefusedException("no");
        }));
        await using (var client = await server.OpenAsync())
        {
            await client.SendAsync("40");
            await client.ExpectAsync("44{\"message\":\"no\"}");
            Assert.Empty(((InMemoryAdapter)server.Io.Sockets.Adapter).Rooms);
        }

        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "the end of the session");
        Assert.Empty(trace.Lines);
    }

    [Fact, Trait("Spec", "SIO-CONN-12")]
    [Trait("Behaviour", "socket.io/test/middleware.ts:95")]
    public async Task ASecondConnectWhileTheFirstIsUnderWayMakesNoSecondSocket()
    {
        var release = new TaskCompletionSource();
        await using var server = await TestServer.StartAsync(io => io.Use(async (_, next) =>
        {
            await release.Task;
            await next();
        }));
        await using var client = await server.OpenAsync();
        await client.SendAsync("40");
        await client.SendAsync("40");
        await client.SendAsync("40/unknown,");
        await client.ExpectAsync("44/unknown,{\"message\":\"Invalid namespace\"}");
        Assert.Equal(1, server.Io.Sockets.ConnectingCount);
        release.SetResult();
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 1, "the socket");
        Assert.Equal(0, server.Io.Sockets.ConnectingCount);
    }

    [Fact, Trait("Spec", "SIO-CONN-15"), Trait("Spec", "SIO-CONN-08")]
    public async Task AnEventBeforeTheGrantIsInvalidState()
    {
        await using var server = await TestServer.StartAsync();
        await using var client = await server.OpenPollingAsync();
        await client.PostAsync("40\u001e42[\"x\"]");
        Assert.Equal("6", await client.ReceiveAsync());
        Assert.Equal("1", await client.ReceiveAsync());
        Assert.Null(await client.ReceiveAsync());
        Assert.Empty(server.Io.Sockets.Sockets);
    }

    [Fact, Trait("Spec", "SIO-CONN-06"), Trait("Spec", "SIO-DEC-20"), Trait("Spec", "SRV-DISC-09")]
    [Trait("Behaviour", "socket.io/test/close.ts:111")]
    public async Task AConnectToAJoinedNamespaceIsInvalidState()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.OnDisconnected(info => trace.Add(info.Reason))));
        await using var polling = await server.OpenPollingAsync();
        await polling.SendAsync("40");
        Assert.StartsWith("40{", await polling.ReceiveAsync());
        await polling.SendAsync("40");
        Assert.Equal(["forced server close"], trace.Lines);
        Assert.Equal("6", await polling.ReceiveAsync());
        Assert.Equal("1", await polling.ReceiveAsync());

        await using var client = await server.ConnectAsync();
        await client.SendAsync("40");
        Assert.Null((await client.ReceiveEndAsync()).CloseCode);
        await trace.UntilAsync(2);
        Assert.Equal("forced close", trace.Lines[1]);
    }

    [Fact, Trait("Spec", "SEC-SIO-06")]
    [Trait("Spec", "SIO-LIM-04")]
    public async Task NamespacesOfOneConnectionAreLimited()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/a"), options => options.MaxNamespacesPerConnection = 1);
        await using var client = await server.ConnectAsync();
        await client.SendAsync("40/a,");
        await client.ExpectAsync("44/a,{\"message\":\"Too many namespaces\"}");
        await client.SendAsync("41");
        await client.JoinAsync("/a");
    }
}
