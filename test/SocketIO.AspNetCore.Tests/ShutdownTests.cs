using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class ShutdownTests
{
    [Fact, Trait("Spec", "SRV-CLOSE-01"), Trait("Spec", "SRV-DISC-03")]
    public async Task SocketsEndThenTheConnectionsWithoutADisconnectPacket()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            foreach (string name in (string[])["/", "/b"])
            {
                io.Of(name).OnConnection(socket =>
                {
                    socket.OnDisconnecting(info => trace.Add($"{name} disconnecting {info.Reason} sessions={io.Engine.ClientsCount}"));
                    socket.OnDisconnected(async info =>
                    {
                        await Task.Delay(20);
                        trace.Add($"{name} disconnected {info.Reason} sessions={io.Engine.ClientsCount}");
                    });
                });
            }
        });
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/b");
        await using var polling = await server.OpenPollingAsync();
        var poll = await polling.BeginGetAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.Sessions.Count(session => session.IsWritable) == 2, "the poll to wait");
        await server.Io.CloseAsync(TestContext.Current.CancellationToken);

        var end = await client.Raw.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Close, end.Opcode);
        Assert.Null(end.CloseCode);
        Assert.Equal("1", (await poll).Text);
        Assert.Equal(
            [
                "/ disconnecting server shutting down sessions=2", "/b disconnecting server shutting down sessions=2",
                "/ disconnected server shutting down sessions=0", "/b disconnected server shutting down sessions=0",
            ],
            trace.Lines.OrderBy(line => line.Contains("disconnected", StringComparison.Ordinal)).ThenBy(line => line, StringComparer.Ordinal));
    }

    [Fact, Trait("Spec", "SRV-CLOSE-03")]
    public async Task ClosingTwiceIsClosingOnce()
    {
        await using var server = await TestServer.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () => await server.Io.CloseAsync())));
        await server.Io.DisposeAsync();
        await server.Io.EmitAsync("to nobody");
    }

    [Fact, Trait("Spec", "SRV-CLOSE-04"), Trait("Spec", "SRV-SCN-17")]
    public async Task TheHostStopsInUnderASecondAndAwaitsTheLastHandlers()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io => io.OnConnection(socket => socket.OnDisconnected(async info =>
        {
            await Task.Delay(50);
            trace.Add(info.Reason);
        })));
        await using var client = await server.ConnectAsync();
        await using var polling = await server.OpenPollingAsync();
        var poll = await polling.BeginGetAsync();
        long start = TimeProvider.System.GetTimestamp();
        await server.StopAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(["server shutting down"], trace.Lines);
        await poll;
        Assert.Empty(server.Log.Errors);
    }

    [Fact, Trait("Spec", "SRV-CLOSE-01"), Trait("Spec", "SRV-ADP-08"), Trait("Spec", "SRV-OPT-03"), Trait("Spec", "SRV-NSP-05")]
    public async Task AdaptersAreInitialisedAndClosedAndMayFail()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.Of("/b"), options => options.Adapter = ns => new FailingAdapter(ns, trace));
        await using var client = await server.ConnectAsync("/b");
        await server.Io.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["init /", "init /b", "close /", "close /b"], trace.Lines.OrderByDescending(line => line[..4]).ThenBy(line => line, StringComparer.Ordinal));
        Assert.Equal(2, server.Log.Errors.Count(entry => entry.Message == "error while initializing adapter"));
        Assert.Equal(2, server.Log.Errors.Count(entry => entry.Message == "error while closing adapter"));
    }

    private sealed class FailingAdapter(ServerNamespace ns, Trace trace) : InMemoryAdapter(ns)
    {
        public override ValueTask InitializeAsync()
        {
            trace.Add($"init {Namespace.Name}");
            throw new InvalidOperationException("init");
        }

        public override async ValueTask CloseAsync()
        {
            await Task.Yield();
            trace.Add($"close {Namespace.Name}");
            throw new InvalidOperationException("close");
        }
    }
}
