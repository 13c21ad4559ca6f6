using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class ChaosTests
{
    [Fact, Trait("Spec", "SRV-ADP-15"), Trait("Spec", "SRV-NET-11"), Trait("Spec", "SRV-LIFE-07")]
    public async Task WhateverClientsAndThreadsDoNothingIsLeft()
    {
        const int Clients = 120;
        int connections = 0, disconnections = 0;
        var stray = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => stray.Add(error.Exception.ToString());
            foreach (string name in (string[])["/", "/b"])
            {
                var ns = io.Of(name);
                ns.Use(async (_, next) =>
                {
                    await Task.Yield();
                    await next();
                });
                ns.OnConnection(socket =>
                {
                    Interlocked.Increment(ref connections);
                    int ended = 0;
                    socket.OnDisconnecting(async _ => await ns.To("room").EmitAsync("leaving", socket.Id));
                    socket.OnDisconnected(_ =>
                    {
                        if (Interlocked.Increment(ref ended) == 1) Interlocked.Increment(ref disconnections);
                        else stray.Add("disconnected twice");
                    });
                    socket.On<int>("e", async number =>
                    {
                        if (number % 2 == 0) await Task.Yield();
                        await socket.JoinAsync($"room {number}");
                        await socket.To("room").EmitAsync("e", number, new byte[] { 1, 2 });
                    });
                    socket.OnRequest<int>("ask", async () => await socket.EmitWithAckAsync<int>("question"));
                    socket.OnError(error => stray.Add(error.Message));
                });
            }
        });

        using var stop = new CancellationTokenSource();
        var meddling = Enumerable.Range(0, 3).Select(thread => Task.Run(async () =>
        {
            var random = new Random(thread);
            while (!stop.IsCancellationRequested)
            {
                var ns = server.Io.Of(random.Next(2) == 0 ? "/" : "/b");
                await ns.SocketsJoinAsync("room");
                await ns.EmitAsync("tick", new byte[] { 3 });
                await ns.Except("room").SocketsLeaveAsync("room 1");
                var socket = ns.Sockets.Values.Skip(random.Next(5)).FirstOrDefault();
                if (socket is not null && random.Next(10) == 0) await socket.DisconnectAsync(close: random.Next(2) == 0);
                await Task.Delay(1);
            }
        })).ToList();

        await Parallel.ForEachAsync(Enumerable.Range(0, Clients), new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (i, _) =>
        {
            await using var client = await server.OpenAsync();
            try
            {
                await client.SendAsync("40");
                if (i % 2 == 0) await client.SendAsync("40/b,");
                for (int grants = i % 2 == 0 ? 2 : 1; grants > 0;)
                {
                    var frame = await client.Raw.ReceiveAsync();
                    if (frame.IsEnd) return;
                    if (frame.Opcode == WebSocketOpcode.Text && frame.Text.StartsWith("40", StringComparison.Ordinal)) grants--;
                }

                for (int number = 0; number < 10; number++) await client.SendAsync($"42[\"e\",{number}]");
                await client.SendAsync("421[\"ask\"]");
                if (i % 5 == 0) await client.SendAsync("41");
                if (i % 3 == 0) client.Raw.WebSocket.Reset();
                else if (i % 3 == 1) await client.Raw.WebSocket.SendCloseAsync();
            }
            catch (Exception error) when (error is IOException or System.Net.Sockets.SocketException or ObjectDisposedException)
            {
                // The server closed it first.
            }
        });

        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "all to leave");
        await stop.CancelAsync();
        await Task.WhenAll(meddling);
        foreach (var ns in server.Io.Namespaces.Values)
        {
            await Deadline.UntilAsync(() => ns.Sockets.Count == 0 && ns.ConnectingCount == 0, "all sockets to go");
            Assert.Empty(((InMemoryAdapter)ns.Adapter).Rooms);
        }

        Assert.Equal(connections, disconnections);
        Assert.InRange(connections, Clients / 2, Clients * 2);
        Assert.DoesNotContain(stray.Lines, line => !line.Contains(nameof(SocketDisconnectedException), StringComparison.Ordinal));
    }
}
