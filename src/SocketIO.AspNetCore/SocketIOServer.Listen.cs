using System.Net;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using SocketIO.AspNetCore.Internal;

namespace SocketIO.AspNetCore;

// A server without a host of the application's.
public sealed partial class SocketIOServer
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(1);

    private readonly ILoggerFactory _loggerFactory;
    private WebApplication? _host;
    private int _listening;

    /// <summary>Where the server listens with a web server of its own; null where it does not.</summary>
    public IPEndPoint? EndPoint { get; private set; }

    /// <summary>Listens on a port of every address of this machine, with a web server of its own; requests outside of the
    /// <see cref="EngineIO.AspNetCore.EngineOptions.Path"/> get 404. Register handlers before, lest the first clients miss them.
    /// <see cref="CloseAsync"/> frees the port.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="configure">Sets what the port speaks, such as HTTPS with <c>listen =&gt; listen.UseHttps(certificate)</c>. Default: HTTP/1.1 without TLS.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <returns>Where the server listens; it has the chosen port.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">The server listens already, or is closed.</exception>
    public Task<IPEndPoint> ListenAsync(int port, Action<ListenOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(port);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, IPEndPoint.MaxPort);
        return ListenAsync((kestrel, listen) => kestrel.ListenAnyIP(port, listen), configure, cancellationToken);
    }

    /// <summary>Listens on one address.</summary>
    /// <param name="endPoint">The address and the port; 0 for a free one.</param>
    /// <param name="configure">Sets what the port speaks. Default: HTTP/1.1 without TLS.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <inheritdoc cref="ListenAsync(int, Action{ListenOptions}?, CancellationToken)"/>
    public Task<IPEndPoint> ListenAsync(IPEndPoint endPoint, Action<ListenOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        return ListenAsync((kestrel, listen) => kestrel.Listen(endPoint, listen), configure, cancellationToken);
    }

    /// <summary>Listens as <see cref="ListenAsync(int, Action{ListenOptions}?, CancellationToken)"/> does, until Ctrl+C, SIGTERM, <see cref="CloseAsync"/> or the token;
    /// then drains it, where <see cref="SocketIOOptions.Drain"/> is set, and closes it.</summary>
    /// <param name="port">The port; 0 for a free one.</param>
    /// <param name="configure">Sets what the port speaks.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>A task that completes when the server is closed.</returns>
    /// <exception cref="IOException">The port is in use.</exception>
    /// <exception cref="InvalidOperationException">The server listens already, or is closed.</exception>
    public async Task RunAsync(int port, Action<ListenOptions>? configure = null, CancellationToken cancellationToken = default)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await ListenAsync(port, configure, stop.Token).ConfigureAwait(false);
        await _closed.Task.WaitAsync(stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Options.Drain is not null) await DrainAsync(options: null, CancellationToken.None).ConfigureAwait(false);
        await CloseAsync(CancellationToken.None).ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }
    }

    private async Task<IPEndPoint> ListenAsync(
        Action<KestrelServerOptions, Action<ListenOptions>> listen, Action<ListenOptions>? configure, CancellationToken cancellationToken)
    {
        if (IsClosing) throw new InvalidOperationException("The server is closed: make another.");
        if (Interlocked.Exchange(ref _listening, 1) != 0) throw new InvalidOperationException("The server listens already: a second port takes a second server, or a host of your own.");
        ListenOptions bound = null!;
        var host = BuildHost(kestrel => listen(kestrel, options =>
        {
            options.Protocols = HttpProtocols.Http1;
            configure?.Invoke(options);
            // Nobody but the server looks at the requests of this host.
            options.UseDetachedWebSockets();
            bound = options;
        }));
        try
        {
            await host.StartAsync(cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            await host.DisposeAsync().ConfigureAwait(false);
            Interlocked.Exchange(ref _listening, 0);
            throw;
        }

        _host = host;
        // It may have been closed in the meantime, by one who did not see the host.
        if (IsClosing) await StopListeningAsync().ConfigureAwait(false);
        else EndPoint = bound.IPEndPoint;
        return bound.IPEndPoint!;
    }

    private WebApplication BuildHost(Action<KestrelServerOptions> listen)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            listen(kestrel);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(_loggerFactory);
        // A library does not take the console's signals.
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = StopPatience);
        var host = builder.Build();
        Engine.MapTo(host);
        return host;
    }

    private async Task StopListeningAsync()
    {
        if (Interlocked.Exchange(ref _host, null) is not { } host) return;
        EndPoint = null;
        try
        {
            await host.StopAsync().ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Requests that did not end in time are cut off with the host.
        }

        await host.DisposeAsync().ConfigureAwait(false);
    }
}
