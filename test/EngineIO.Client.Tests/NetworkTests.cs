using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>A machine that loses its network.</summary>
public sealed class NetworkTests
{
    private int _listening;

    private NetworkWatch Watch => field ??= new(() => Interlocked.Increment(ref _listening), () => Interlocked.Decrement(ref _listening));

    [Theory]
    [Trait("Spec", "CLI-REC-16")]
    [InlineData("polling")]
    [InlineData("websocket")]
    public async Task Sessions_end_with_the_network(string transport)
    {
        await using var app = await InMemoryServer.StartAsync();
        var options = InMemoryServer.Options(app, transport);
        options.NetworkWatch = Watch;
        Recorder one = new(), two = new();
        await using var first = await EngineClient.ConnectAsync(InMemoryServer.Address, one, options).WithDeadline();
        await using var second = await EngineClient.ConnectAsync(InMemoryServer.Address, two, options).WithDeadline();
        Assert.Equal(1, _listening);
        Watch.Report(isAvailable: true);
        first.Enqueue(EngineFrame.Message("still there"));
        Assert.Equal("still there", await one.NextAsync());

        Watch.Report(isAvailable: false);
        foreach (var recorder in new[] { one, two })
        {
            var (reason, error) = await recorder.ClosedAsync();
            Assert.Equal(("transport close", "network connection lost", transport), (reason, error!.Message, error.Transport));
            Assert.Equal(transport == "polling" ? EngineClientStage.Polling : EngineClientStage.WebSocket, error.Stage);
            Assert.Contains("the machine has lost its network", error.Reason, StringComparison.Ordinal);
        }

        await Task.WhenAll(first.Completion, second.Completion).WithDeadline();
        Assert.Equal((0, false, 1), (_listening, Watch.Watches(first), one.Closings));
    }

    [Fact]
    [Trait("Spec", "CLI-REC-16")]
    public async Task Attempt_ends_with_the_network()
    {
        var asked = new TaskCompletionSource();
        var options = new EngineClientOptions
        {
            NetworkWatch = Watch,
            Transports = ["websocket"],
            WebSocketFactory = async (_, cancellation) =>
            {
                asked.SetResult();
                await Task.Delay(Timeout.Infinite, cancellation);
                throw new InvalidOperationException();
            },
        };
        var attempt = EngineClient.ConnectAsync(InMemoryServer.Address, options);
        await asked.Task.WithDeadline();
        Watch.Report(isAvailable: false);

        var error = await Assert.ThrowsAsync<EngineClientException>(() => attempt).WithDeadline();
        Assert.Equal(("network connection lost", EngineClientStage.Handshake), (error.Message, error.Stage));
    }

    [Theory]
    [Trait("Spec", "CLI-REC-16")]
    [InlineData("http://localhost", true)]
    [InlineData("http://127.0.0.1", true)]
    [InlineData("http://[::1]", true)]
    [InlineData("http://in.memory", false)]
    public async Task Server_of_the_same_machine_stays_and_so_does_who_does_not_want_it(string address, bool wants)
    {
        await using var app = await InMemoryServer.StartAsync();
        var options = InMemoryServer.Options(app, "websocket");
        (options.NetworkWatch, options.CloseOnNetworkLoss) = (Watch, wants);
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(new Uri(address), recorder, options).WithDeadline();
        Assert.Equal(0, _listening);
        Watch.Report(isAvailable: false);
        engine.Enqueue(EngineFrame.Message("x"));

        Assert.Equal("x", await recorder.NextAsync());
        Assert.Equal(0, recorder.Closings);
    }

    [Fact]
    [Trait("Spec", "CLI-REC-16")]
    public async Task Event_of_the_system_holds_no_session_that_is_over()
    {
        await using var app = await InMemoryServer.StartAsync();
        var engine = await EngineClient.ConnectAsync(InMemoryServer.Address, InMemoryServer.Options(app, "websocket")).WithDeadline();
        Assert.True(NetworkWatch.System.Watches(engine));
        await engine.DisposeAsync().AsTask().WithDeadline();

        Assert.False(NetworkWatch.System.Watches(engine));
    }
}
