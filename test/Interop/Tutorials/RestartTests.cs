using System.Globalization;
using System.Net.Sockets;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>The host stops while all talk, as on Ctrl+C or a deployment, and another takes its place: with and without a drain.</summary>
[Trait("Spec", "SRV-SCN-17")]
[Trait("Spec", "SRV-CLOSE-02")]
public sealed class RestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task OnTheWire(bool drain)
    {
        var numbers = new Numbers();
        var server = await StartAsync(numbers, drain);
        try
        {
            WireClient[] clients = [await WireClient.ConnectAsync(server), await WireClient.ConnectAsync(server), await WireClient.ConnectAsync(server)];
            var talks = clients.Select(TalkAsync).ToArray();
            await Deadline.UntilAsync(() => numbers.Count > 300, "the traffic");
            await server.StopAsync();
            await Task.WhenAll(talks).WithDeadline("the clients to see the end");
            Assert.Empty(server.Log.Errors);
            foreach (var client in clients) await client.DisposeAsync();
            await server.DisposeAsync();

            server = await StartAsync(numbers, drain, server.BaseAddress.Port);
            await using var again = await WireClient.ConnectAsync(server);
            await again.SendAsync("42[\"number\",1]");
            await again.ExpectAsync("42[\"number\",1]");
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WithTheOfficialClient(bool drain)
    {
        var numbers = new Numbers();
        var server = await StartAsync(numbers, drain);
        var address = server.BaseAddress;
        try
        {
            await Tutorial.RunAsync(address, "restart", async _ =>
            {
                await server.StopAsync();
                Assert.Empty(server.Log.Errors);
                await server.DisposeAsync();
                server = await StartAsync(numbers, drain, address.Port);
            });
            await InteropServer.AssertNothingIsLeftAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }

    private static Task<WebServer> StartAsync(Numbers numbers, bool drain, int port = 0) => Tutorial.StartAsync(
        io => io.OnConnection(socket => socket.On<int, Ack>("number", async (number, ack) =>
        {
            numbers.Add();
            await io.EmitAsync("number", number);
            await ack.SendAsync(number);
        })),
        options => options.Drain = drain ? new DrainOptions() : null,
        port: port);

    // Sends until the connection is gone, and reads what comes.
    private static async Task TalkAsync(WireClient client)
    {
        var end = client.ReceiveEndAsync();
        try
        {
            for (var number = 0; !end.IsCompleted; number++)
            {
                await client.SendAsync(string.Create(CultureInfo.InvariantCulture, $"42[\"number\",{number}]"));
                await Task.Yield();
            }
        }
        catch (Exception gone) when (gone is SocketException or IOException or WireClosedException)
        {
            // The end, as the writer sees it.
        }

        await end;
    }

    private sealed class Numbers
    {
        private int _count;

        public int Count => Volatile.Read(ref _count);

        public void Add() => Interlocked.Increment(ref _count);
    }
}
