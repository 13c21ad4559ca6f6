namespace SocketIO.AspNetCore.Tests;

public sealed class PacketMiddlewareTests
{
    [Fact, Trait("Spec", "SRV-MW-07"), Trait("Spec", "SRV-SOCK-14")]
    [Trait("Behaviour", "socket.io/test/socket-middleware.ts:6")]
    public async Task RunAfterTheCatchAllListenersAndBeforeTheHandlers()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On<string>("renamed", text => trace.Add($"handler {text}"));
            socket.On<string>("event", text => trace.Add($"not this one {text}"));
            socket.Use(async (incoming, next) =>
            {
                trace.Add($"first {incoming.Name} {incoming.Arguments.Get<string>(0)}");
                await Task.Yield();
                incoming.Rename("renamed");
                await next();
            });
            socket.Use((incoming, next) =>
            {
                trace.Add($"second {incoming.Name}");
                incoming.Replace(incoming.Name, incoming.Arguments.Get<string>(0) + "!");
                return next();
            });
            socket.OnAny((arguments, _) => trace.Add($"any {arguments.Name}"));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"event\",\"text\"]");
        await trace.UntilAsync(4);
        Assert.Equal(["any event", "first event text", "second renamed", "handler text!"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-MW-08"), Trait("Spec", "SRV-SOCK-18"), Trait("Spec", "SRV-SCN-13")]
    [Trait("Behaviour", "socket.io/test/socket-middleware.ts:36")]
    public async Task AnErrorKeepsTheEventBackAndIsRaisedOnTheSocket()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.OnError(error => trace.Add($"error {error.Message}"));
            socket.On("bad", () => trace.Add("handler"));
            socket.On("good", () => trace.Add("good"));
            socket.Use((incoming, next) => incoming.Name == "bad" ? throw new InvalidOperationException("rate limit") : next());
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"bad\"]");
        await client.SendAsync("42[\"good\"]");
        await trace.UntilAsync(2);
        Assert.Equal(["error rate limit", "good"], trace.Lines);
        Assert.Empty(server.Log.Errors);
    }

    [Fact, Trait("Spec", "SRV-MW-08")]
    public async Task AnErrorThatNobodyListensForIsLogged()
    {
        var errors = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => errors.Add($"{error.Source} {error.EventName}");
            io.OnConnection(socket => socket.Use((_, _) => throw new InvalidOperationException("fault")));
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"event\"]");
        await errors.UntilAsync(1);
        Assert.Equal(["Middleware event"], errors.Lines);
        await client.DrainAsync();
    }

    [Fact, Trait("Spec", "SRV-MW-09")]
    public async Task CanAcknowledgeAndKeepTheEventBack()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket =>
        {
            socket.On("event", () => trace.Add("handler"));
            socket.Use(async (incoming, _) => await incoming.Ack.SendAsync("from the middleware"));
        }));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("421[\"event\"]");
        await client.ExpectAsync("431[\"from the middleware\"]");
        Assert.Empty(trace.Lines);
    }
}
