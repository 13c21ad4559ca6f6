using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using SocketIO.AspNetCore.Adapters;
using SocketIO.AspNetCore.Diagnostics;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Diagnostics;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task ServersAreHealthyWhileTheyTakeClients()
    {
        await using var server = await StartAsync(null);
        await using var client = await server.ConnectAsync();
        var report = await CheckAsync(server);
        Assert.Equal(HealthStatus.Healthy, report.Status);
        Assert.Equal([("namespaces", 2), ("sessions", 1), ("sockets", 1)], report.Data.Select(pair => (pair.Key, (int)pair.Value)).Order());

        server.Io.Engine.StopAccepting();
        report = await CheckAsync(server);
        Assert.Equal((HealthStatus.Unhealthy, "The server drains: it takes no new sessions."), (report.Status, report.Description));

        await server.Io.CloseAsync(TestContext.Current.CancellationToken);
        report = await CheckAsync(server);
        Assert.Equal((HealthStatus.Unhealthy, "The server is closed."), (report.Status, report.Description));
    }

    [Fact]
    public async Task TooManySessionsAreNot()
    {
        await using var server = await StartAsync(health => (health.DegradedSessions, health.UnhealthySessions) = (1, 2));
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(server)).Status);
        await using var one = await server.OpenAsync();
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(server)).Status);
        await using var two = await server.OpenAsync();
        Assert.Equal(HealthStatus.Unhealthy, (await CheckAsync(server)).Status);
    }

    [Fact]
    public async Task AFullServerIsDegraded()
    {
        await using var server = await StartAsync(null, options => options.MaxSessions = 1);
        await using var one = await server.OpenAsync();
        Assert.Equal(HealthStatus.Degraded, (await CheckAsync(server)).Status);
    }

    [Fact]
    public async Task AServerThatIsCutOffFromItsClusterIsDegradedAndSaysWhy()
    {
        string? outage = null;
        await using var server = await StartAsync(null, options => options.Adapter = ns => new CutOffAdapter(ns, () => outage));
        using var metrics = new MetricRecorder(server.Services, SocketIOMetrics.MeterName);
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(server)).Status);
        Assert.Equal(0, metrics["socketio.server.cluster.outages{engineio.path=/socket.io}"]);
        outage = "The store is away.";
        var report = await CheckAsync(server);
        Assert.Equal((HealthStatus.Degraded, outage), (report.Status, report.Description));
        Assert.Equal(2, metrics["socketio.server.cluster.outages{engineio.path=/socket.io}"]);
        outage = null;
        Assert.Equal(HealthStatus.Healthy, (await CheckAsync(server)).Status);
    }

    private sealed class CutOffAdapter(ServerNamespace ns, Func<string?> outage) : InMemoryAdapter(ns)
    {
        public override string? Outage => outage();
    }

    private static Task<TestServer> StartAsync(Action<SocketIOHealthOptions>? health, Action<SocketIOOptions>? options = null) => TestServer.StartAsync(
        io => io.Of("/chat"), options, services: services => services.AddHealthChecks().AddSocketIO(configure: health));

    private static async Task<HealthReportEntry> CheckAsync(TestServer server)
    {
        var report = await server.Services.GetRequiredService<HealthCheckService>().CheckHealthAsync().WithDeadline();
        return report.Entries["socketio"];
    }
}
