using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>A client in a service of a host.</summary>
public abstract class HostedServiceTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Theory, Trait("Spec", "CLI-SCN-16"), Trait("Spec", "CLI-DSP-01"), Trait("Spec", "CLI-DSP-02")]
    [InlineData("polling"), InlineData("websocket"), InlineData("polling,websocket")]
    public async Task AHostThatStopsSaysGoodbye(string transports)
    {
        var log = new LogRecorder();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.AddProvider(log);
        builder.Services.AddSingleton(services => new SocketManager(Peer.Address, new SocketManagerOptions
        {
            Transports = transports.Split(','),
            LoggerFactory = services.GetRequiredService<ILoggerFactory>(),
        }));
        builder.Services.AddHostedService<Listener>();
        string id;
        var host = builder.Build();
        try
        {
            await host.StartAsync();
            var socket = host.Services.GetRequiredService<SocketManager>().Socket();
            await Deadline.UntilAsync(() => socket.Connected, "the client to connect");
            id = socket.Id!;
            await host.StopAsync().WithDeadline("the host to stop");
        }
        finally
        {
            await ((IAsyncDisposable)host).DisposeAsync();
        }

        Assert.Equal("client namespace disconnect", await Peer.DisconnectReasonAsync(id));
        Assert.Empty(log.Errors);
    }

    public sealed class OnNode(PeerPool pool) : HostedServiceTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : HostedServiceTests(PeerKind.DotNet, pool);

    private sealed class Listener(SocketManager manager) : BackgroundService
    {
        protected override async Task ExecuteAsync(CancellationToken stoppingToken)
        {
            var socket = manager.Socket();
            await socket.ConnectAsync(stoppingToken);
            while (!stoppingToken.IsCancellationRequested) await socket.EmitWithAckAsync<int>("echo", 1, stoppingToken);
        }
    }
}
