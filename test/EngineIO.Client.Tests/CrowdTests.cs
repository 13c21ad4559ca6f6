using System.Diagnostics;

namespace EngineIO.Client.Tests;

/// <summary>Many clients in one process.</summary>
public sealed class CrowdTests
{
    [Fact]
    [Trait("Spec", "CLI-ROB-03")]
    [Trait("Spec", "CLI-POLL-09")]
    public async Task Clients_cost_no_thread_each_and_leave_nothing_behind()
    {
        const int Count = 200;
        await using var server = await EchoServer.StartAsync();
        var crowd = await Task.WhenAll(Enumerable.Range(0, Count).Select(async i =>
        {
            var recorder = new Recorder();
            var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, new() { Transports = i % 2 == 0 ? ["polling"] : ["websocket"] });
            return (engine, recorder);
        }));
        foreach (var (engine, _) in crowd) engine.Enqueue(EngineFrame.Message("x"));
        foreach (var (_, recorder) in crowd) Assert.Equal("x", await recorder.NextAsync());
        using (var process = Process.GetCurrentProcess()) Assert.InRange(process.Threads.Count, 1, Count / 2);
        await Task.WhenAll(crowd.Select(client => client.engine.DisposeAsync().AsTask()));

        Assert.All(crowd, client => Assert.True(client.engine.Completion.IsCompleted));
        Assert.Empty(server.Log.Errors);
    }
}
