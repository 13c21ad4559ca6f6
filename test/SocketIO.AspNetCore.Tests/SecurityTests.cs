using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>Clients that hold what they should not, and applications that fail.</summary>
public sealed class SecurityTests
{
    [Fact, Trait("Spec", "SEC-HS-07")]
    public async Task ClientsThatSayNothingLeaveNothing()
    {
        const int clients = 20;
        await using var server = await TestServer.StartAsync(options: options => options.PingInterval = TimeSpan.FromHours(1), fakeTime: true);
        var silent = new List<IAsyncDisposable>();
        for (int i = 0; i < clients; i++) silent.Add(i % 2 == 0 ? await server.OpenAsync() : await server.OpenPollingAsync());
        Assert.Equal(clients, server.Io.Engine.ClientsCount);
        await Deadline.UntilAsync(
            () =>
            {
                // First connectTimeout, then what a polling client is granted to fetch the close packet, and a WebSocket to answer it.
                server.Time.Advance(TimeSpan.FromSeconds(1));
                return server.Io.Engine.ClientsCount == 0;
            },
            "the last session to end");
        Assert.Empty(server.Io.Engine.Sessions);
        Assert.Empty(server.Io.Sockets.Sockets);
        Assert.Equal(0, server.Io.Sockets.ConnectingCount);
        foreach (var client in silent) await client.DisposeAsync();
    }

    [Fact, Trait("Spec", "SEC-APP-01")]
    public async Task WhateverAnApplicationThrowsIsLoggedAndTheHostLives()
    {
        var sources = new System.Collections.Concurrent.ConcurrentQueue<HandlerErrorSource>();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => sources.Enqueue(error.Source);
            io.Of("/refusing").Use((_, _) => throw new InvalidOperationException("secret"));
            io.OnConnection(async socket =>
            {
                socket.On("sync", () => throw new InvalidOperationException("secret"));
                socket.On("async", async () =>
                {
                    await Task.Yield();
                    throw new InvalidOperationException("secret");
                });
                socket.On("timer", async () =>
                {
                    await Task.Delay(1);
                    throw new InvalidOperationException("secret");
                });
                socket.OnRequest<int>("request", () => throw new InvalidOperationException("secret"));
                socket.On("acknowledged", async () =>
                {
                    await socket.EmitWithAckAsync<int>("question");
                    throw new InvalidOperationException("secret");
                });
                socket.On("alive", () => socket.EmitAsync("alive"));
                socket.OnDisconnected(_ => throw new InvalidOperationException("secret"));
                await Task.Yield();
                throw new InvalidOperationException("secret");
            });
        });
        await using (var client = await server.ConnectAsync())
        {
            await client.SendAsync("40/refusing,");
            await client.ExpectAsync("44/refusing,{\"message\":\"Internal server error\"}");
            foreach (string name in (string[])["sync", "async", "timer"]) await client.SendAsync($"42[\"{name}\"]");
            // Its acknowledgement does not come: what is read next is the question.
            await client.SendAsync("427[\"request\"]");
            await client.SendAsync("42[\"acknowledged\"]");
            await client.ExpectAsync("420[\"question\"]");
            await client.SendAsync("430[1]");
            await client.SendAsync("42[\"alive\"]");
            await client.ExpectAsync("42[\"alive\"]");
            await client.SendAsync("41");
            await Deadline.UntilAsync(() => sources.Count == 8, "eight errors");
        }

        Assert.Equal(5, sources.Count(source => source == HandlerErrorSource.Event));
        Assert.Equal(8, server.Log.Errors.Count);
        await using var next = await server.ConnectAsync();
    }
}
