using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace TestKit;

/// <summary>A real Kestrel on a free port of 127.0.0.1, built by the test.</summary>
public sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebServer(WebApplication app, LogRecorder log)
    {
        _app = app;
        Log = log;
        BaseAddress = new Uri(app.Urls.First());
    }

    public Uri BaseAddress { get; }

    public IServiceProvider Services => _app.Services;

    /// <summary>What the server logged.</summary>
    public LogRecorder Log { get; }

    /// <summary>Builds and starts an application.</summary>
    /// <param name="configure">Adds services; may be null.</param>
    /// <param name="map">Builds the pipeline.</param>
    /// <param name="protocols">What the listener speaks; HTTP/1.1 by default.</param>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="listen">Adds to the listener; may be null.</param>
    public static async Task<WebServer> StartAsync(
        Action<WebApplicationBuilder>? configure, Action<WebApplication> map, HttpProtocols protocols = HttpProtocols.Http1, int port = 0,
        Action<ListenOptions>? listen = null)
    {
        ArgumentNullException.ThrowIfNull(map);
        var log = new LogRecorder();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production });
        builder.Logging.ClearProviders();
        builder.Logging.AddProvider(log);
        builder.WebHost.ConfigureKestrel(kestrel =>
            kestrel.Listen(System.Net.IPAddress.Loopback, port, options =>
            {
                options.Protocols = protocols;
                listen?.Invoke(options);
            }));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(5));
        configure?.Invoke(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync().ConfigureAwait(false);
        return new WebServer(app, log);
    }

    /// <summary>Stops the host as Ctrl+C does.</summary>
    public Task StopAsync() => _app.StopAsync().WithDeadline("the host to stop");

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
