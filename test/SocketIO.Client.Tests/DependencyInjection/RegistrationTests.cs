using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests.DependencyInjection;

/// <summary>What <c>AddSocketIOClient</c> puts into a container.</summary>
public sealed class RegistrationTests
{
    [Fact]
    public async Task TheFactoryMakesSocketsWithTheOptionsOfTheContainer()
    {
        var time = new FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(time);
        services.AddSocketIOClient(options => options.Path = "/live");
        await using var provider = services.BuildServiceProvider();

        var factory = provider.GetRequiredService<SocketIOClientFactory>();
        Assert.Same(factory, provider.GetRequiredService<SocketIOClientFactory>());
        var socket = factory.Socket("http://localhost/orders");
        Assert.Equal("/orders", socket.Namespace);
        Assert.False(socket.Active);
        var options = socket.Manager.Options;
        Assert.Equal("/live", options.Path);
        Assert.Same(time, options.TimeProvider);
        Assert.Same(provider.GetRequiredService<ILoggerFactory>(), options.LoggerFactory);
        Assert.NotSame(options, factory.Socket("http://example.com").Manager.Options);
    }

    [Fact]
    public async Task WhatTheApplicationSetsStays()
    {
        using var loggers = new LoggerFactory();
        var time = new FakeTimeProvider();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<TimeProvider>(new FakeTimeProvider());
        services.AddSocketIOClient(options => (options.LoggerFactory, options.TimeProvider) = (loggers, time));
        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<SocketIOClientFactory>().Socket("http://localhost").Manager.Options;
        Assert.Same(loggers, options.LoggerFactory);
        Assert.Same(time, options.TimeProvider);
    }

    [Fact]
    public async Task NamedClientsHaveAddressesAndOptionsOfTheirOwn()
    {
        var services = new ServiceCollection();
        services.AddSocketIOClient("orders", "https://shop.example/orders", options => options.Socket.Auth = new { token = "1" });
        services.AddSocketIOClient("prices", "https://prices.example", options => options.Path = "/live");
        await using var provider = services.BuildServiceProvider();

        var orders = provider.GetRequiredKeyedService<ClientSocket>("orders");
        Assert.Equal("/orders", orders.Namespace);
        Assert.NotNull(orders.Auth);
        Assert.Same(provider.GetRequiredKeyedService<SocketManager>("orders"), orders.Manager);
        Assert.Equal("shop.example", orders.Manager.Uri.Host);
        var prices = provider.GetRequiredKeyedService<ClientSocket>("prices");
        Assert.Equal(("/", "/live"), (prices.Namespace, prices.Manager.Options.Path));
        Assert.Null(prices.Auth);
        Assert.NotSame(orders.Manager, prices.Manager);
        Assert.Null(provider.GetService<SocketIOClientFactory>());
    }

    [Theory]
    [InlineData(nameof(SocketManagerOptions.Path)), InlineData(nameof(SocketManagerOptions.RandomizationFactor))]
    public async Task AWrongOptionStopsTheStart(string option)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSocketIOClient("orders", "https://shop.example", options =>
        {
            if (option == nameof(options.Path)) options.Path = "live";
            else options.RandomizationFactor = double.NaN;
        });
        using var host = builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync()).WithDeadline();
        Assert.Contains(option, error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "CLI-TLS-07"), Trait("Spec", "CLI-DSP-06")]
    public async Task HandlersCanComeFromTheHttpClientFactory()
    {
        var requests = new Trace();
        var primary = new PrimaryHandler();
        await using var server = await Server.StartAsync(io => io.OnConnection(socket => { socket.OnRequest("transport", () => socket.Connection.TransportName); }));
        var services = new ServiceCollection();
        services.AddHttpClient("backend").ConfigurePrimaryHttpMessageHandler(() => primary).AddHttpMessageHandler(() => new TracingHandler(requests));
        services.AddSocketIOClient("orders", server.Address.ToString(), (options, provider) =>
            options.HttpHandlerFactory = () => provider.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("backend"));
        await using var provider = services.BuildServiceProvider();
        var socket = provider.GetRequiredKeyedService<ClientSocket>("orders");
        var upgraded = new TaskCompletionSource();
        socket.Manager.OnOpen(() => socket.Manager.Engine!.Upgraded += _ => upgraded.TrySetResult());
        await socket.ConnectAsync().WithDeadline();
        await upgraded.Task.WithDeadline();
        Assert.Equal("websocket", await socket.EmitWithAckAsync<string>("transport").WithDeadline());
        Assert.Contains("polling", requests.Lines);
        Assert.Contains("websocket", requests.Lines);

        await socket.DisposeAsync();
        Assert.False(primary.IsDisposed);
        // The handler serves the next session.
        await using var second = socket.Manager.Socket("/");
        await second.ConnectAsync().WithDeadline();
        await socket.Manager.DisposeAsync();
        Assert.False(primary.IsDisposed);
    }

    private sealed class TracingHandler(Trace requests) : DelegatingHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            requests.Add(request.RequestUri!.Query.Contains("transport=websocket", StringComparison.Ordinal) ? "websocket" : "polling");
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class PrimaryHandler : DelegatingHandler
    {
        public PrimaryHandler()
            : base(new SocketsHttpHandler())
        {
        }

        public bool IsDisposed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsDisposed = true;
            base.Dispose(disposing);
        }
    }
}
