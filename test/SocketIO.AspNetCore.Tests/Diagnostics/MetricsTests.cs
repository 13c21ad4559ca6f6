using SocketIO.AspNetCore.Diagnostics;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Diagnostics;

[Trait("Spec", "SRV-LOG-16")]
public sealed class MetricsTests
{
    [Fact]
    public async Task EventsSocketsAndErrorsAreCounted()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/chat");
            io.OnConnection(socket =>
            {
                socket.On("hello", () => socket.EmitAsync("welcome"));
                socket.On("fail", () => throw new InvalidOperationException("fault"));
            });
        });
        using var metrics = new MetricRecorder(server.Services, SocketIOMetrics.MeterName);
        await using var client = await server.ConnectAsync();
        await client.JoinAsync("/chat");
        Assert.Equal(1, metrics["socketio.server.active_sockets{engineio.path=/socket.io,socketio.namespace=/chat}"]);
        await client.SendAsync("42[\"hello\"]");
        await client.ExpectAsync("42[\"welcome\"]");
        await client.SendAsync("42[\"nobody listens\"]");
        await client.SendAsync("42[\"fail\"]");
        await server.Io.EmitAsync("all");
        await client.ExpectAsync("42[\"all\"]");
        await metrics.UntilAsync("socketio.server.handler_errors{socketio.error.source=Event}", 1);
        Assert.Equal(3, metrics["socketio.server.events{network.io.direction=receive,socketio.namespace=/}"]);
        Assert.Equal(2, metrics["socketio.server.events{network.io.direction=transmit,socketio.namespace=/}"]);
        Assert.Equal(1, metrics["socketio.server.event.duration{socketio.event=hello,socketio.namespace=/}"]);
        Assert.Equal(1, metrics["socketio.server.event.duration{socketio.event=_other,socketio.namespace=/}"]);

        await client.SendAsync("4malformed");
        await client.ReceiveEndAsync();
        await metrics.UntilAsync("socketio.server.malformed_packets", 1);
        await metrics.UntilAsync("socketio.server.active_sockets{engineio.path=/socket.io,socketio.namespace=/}", 0);
    }

    [Fact]
    public async Task NamespacesPastTheFirstHundredShareOneSeries()
    {
        await using var server = await TestServer.StartAsync(io =>
        {
            for (int i = 0; i < 150; i++) io.Of("/" + i);
        });
        using var metrics = new MetricRecorder(server.Services, SocketIOMetrics.MeterName);
        Assert.Equal(0, metrics["socketio.server.active_sockets{engineio.path=/socket.io,socketio.namespace=_other}"]);
        Assert.Equal(101, metrics.ToString().Split(Environment.NewLine).Count(line => line.Contains(".active_sockets{", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task RecoveriesAreCountedByOutcome()
    {
        await using var server = await TestServer.StartAsync();
        using var metrics = new MetricRecorder(server.Services, SocketIOMetrics.MeterName);
        server.Io.Metrics.RecordRecovery("recovered");
        Assert.Equal(1, metrics["socketio.server.recoveries{socketio.recovery.outcome=recovered}"]);
    }
}
