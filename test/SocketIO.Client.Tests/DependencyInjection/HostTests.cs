using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests.DependencyInjection;

/// <summary>A client in a hosted service.</summary>
public sealed class HostTests
{
    [Fact, Trait("Spec", "CLI-SCN-16")]
    public async Task AHostThatStopsSaysGoodbyeToOurServer()
    {
        var trace = new Trace();
        await using var server = await Server.StartAsync(io => io.OnConnection(socket =>
        {
            trace.Add("connection");
            socket.On("work", (int n) => trace.Add($"work {n}"));
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }));
        var errors = await RunAsync(server.Address, () => trace.UntilAsync("work 1"));
        await trace.UntilAsync("client namespace disconnect");
        Assert.Empty(errors);
        Assert.Equal(["connection", "work 1", "work 2", "client namespace disconnect"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-SCN-16")]
    public async Task AHostThatStopsSaysGoodbyeToTheOfficialServer()
    {
        await using var server = await NodeServer.StartAsync("socketio.mjs");
        var errors = await RunAsync(server.Address, () => server.EventAsync("connection"));
        var end = await server.EventAsync("disconnect");
        Assert.Equal("client namespace disconnect", end.GetProperty("reason").GetString());
        Assert.Empty(errors);
    }

    [Fact, Trait("Spec", "CLI-SCN-16")]
    public async Task AHostStopsInTimeWhereTheServerIsDead()
    {
        await using var server = await Server.StartAsync();
        await using var proxy = FaultyProxy.Start(server.Address);
        var errors = await RunAsync(proxy.Address, () =>
        {
            proxy.Stall();
            return Task.CompletedTask;
        });
        Assert.Empty(errors);
    }

    // Runs a host with a worker, until a moment, and gives what went wrong.
    private static async Task<IReadOnlyList<LogEntry>> RunAsync(Uri address, Func<Task> untilAsync)
    {
        using var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Logging.AddProvider(log);
        builder.Services.AddSocketIOClient("backend", address.ToString());
        builder.Services.AddSingleton<Worker>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<Worker>());
        var host = builder.Build();
        var run = host.RunAsync();
        await host.Services.GetRequiredService<Worker>().Connected.WithDeadline();
        await untilAsync();
        host.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        await run.WithDeadline("the host to stop");
        return log.Errors;
    }

    private sealed class Worker([FromKeyedServices("backend")] ClientSocket socket) : BackgroundService
    {
        private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Connected => _connected.Task;

        public override async Task StopAsync(CancellationToken cancellationToken)
        {
            await base.StopAsync(cancellationToken);
            // The connection stands until the container goes.
            await socket.EmitArgumentsAsync("work", [2], cancellationToken);
        }

        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            await socket.ConnectAsync(stoppingToken);
            await socket.EmitArgumentsAsync("work", [1], stoppingToken);
            _connected.TrySetResult();
            await Task.Delay(Timeout.Infinite, stoppingToken);
        }
    }
}
