using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class OptionsTests
{
    [Fact, Trait("Spec", "SRV-NET-15"), Trait("Spec", "SRV-OPT-01"), Trait("Spec", "SRV-OPT-05"), Trait("Spec", "SRV-EOPT-01"), Trait("Spec", "SRV-EOPT-04")]
    [Trait("Spec", "PRO-TIM-07")]
    public void DefaultsAreThoseOfTheReference()
    {
        var options = new SocketIOOptions();
        Assert.Equal("/socket.io", options.Path);
        Assert.Equal(TimeSpan.FromSeconds(45), options.ConnectTimeout);
        Assert.Equal(TimeSpan.FromSeconds(25), options.PingInterval);
        Assert.Equal(TimeSpan.FromSeconds(20), options.PingTimeout);
        Assert.Equal(1_000_000, options.MaxHttpBufferSize);
        Assert.True(options.ServeClient);
    }

    [Theory, Trait("Spec", "SRV-OPT-10")]
    [InlineData(nameof(SocketIOOptions.ConnectTimeout), "The option ConnectTimeout is -00:00:01; set it to a time below 24 days, or to zero for the default of 45 s.")]
    [InlineData(nameof(SocketIOOptions.MaxQueuedEvents), "The option MaxQueuedEvents is 0; set it to at least 1.")]
    [InlineData(nameof(SocketIOOptions.MaxConcurrentHandlers), "The option MaxConcurrentHandlers is 0; set it to at least 1.")]
    [InlineData(nameof(SocketIOOptions.PingInterval), "The option PingInterval is -00:00:01; set it to a time above zero and below 24 days.")]
    public async Task AFaultStopsTheStartAndSaysWhatToDo(string option, string message)
    {
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(Configure), app => { }));
        Assert.Equal([message], error.Failures);
        var options = new SocketIOOptions();
        Configure(options);
        var direct = Assert.Throws<ArgumentException>(() => { _ = new SocketIOServer(options, NullLoggerFactory.Instance, TimeProvider.System); });
        Assert.StartsWith(message, direct.Message);

        void Configure(SocketIOOptions options)
        {
            var property = typeof(SocketIOOptions).GetProperty(option)!;
            property.SetValue(options, property.PropertyType == typeof(int) ? 0 : TimeSpan.FromSeconds(-1));
        }
    }

    [Fact, Trait("Spec", "SRV-OPT-09"), Trait("Behaviour", "socket.io/test/server-attachment.ts:174")]
    public async Task OptionsOfSeveralPlacesAreMerged()
    {
        await using var web = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddSocketIO(options => options.PingTimeout = TimeSpan.FromSeconds(6));
                builder.Services.Configure<SocketIOOptions>(options => options.PingInterval = TimeSpan.FromSeconds(24));
            },
            app => app.MapSocketIO());
        var handshake = await RawHttp.GetAsync(web.BaseAddress, "/socket.io/?EIO=4&transport=polling");
        Assert.Contains("\"pingInterval\":24000,\"pingTimeout\":6000,", handshake.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatIsAddedToAServerKnowsWhichItIs()
    {
        var services = new ServiceCollection();
        var configuration = new ConfigurationBuilder().Build();
        foreach (var (builder, name) in ((ISocketIOBuilder, string)[])[
            (services.AddSocketIO(), ""), (services.AddSocketIO(), ""), (services.AddSocketIO("admin"), "admin"), (services.AddSocketIO("admin"), "admin"),
            (services.AddSocketIO(configuration), ""), (services.AddSocketIO("news", configuration), "news")])
        {
            Assert.Same(services, builder.Services);
            Assert.Equal(name, builder.Name);
        }

        Assert.Equal(["", "admin", "news"], services.Where(service => service.ServiceType == typeof(SocketIOServer)).Select(service => service.ServiceKey ?? ""));
    }

    [Fact]
    public async Task MappingWhatWasNotAddedSaysWhatToDo()
    {
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => WebServer.StartAsync(null, app => app.MapSocketIO()));
        Assert.Contains("builder.Services.AddSocketIO()", error.Message, StringComparison.Ordinal);
        error = await Assert.ThrowsAsync<InvalidOperationException>(() => WebServer.StartAsync(
            builder => builder.Services.AddSocketIO(), app => app.MapSocketIO("/path")));
        Assert.Contains("builder.Services.AddSocketIO(\"/path\")", error.Message, StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "SRV-OPT-01"), Trait("Spec", "SRV-OPT-02"), Trait("Spec", "SRV-OPT-08"), Trait("Spec", "SRV-STAT-05"), Trait("Spec", "SRV-STAT-06"), Trait("Spec", "SRV-STAT-07")]
    public async Task TheBundleIsServedUnderThePath()
    {
        await using var server = await TestServer.StartAsync(options: options =>
        {
            options.Path = "/custom/";
            options.Cors = new() { Origins = { "http://a.example" } };
        });
        await using var http = await RawHttp.ConnectAsync(server.Address);
        var bundle = await GetAsync("/custom/socket.io.js?v=1");
        Assert.Equal(200, bundle.Status);
        Assert.Equal("http://a.example", bundle.Header("access-control-allow-origin"));
        Assert.Equal("{\"code\":0,\"message\":\"Transport unknown\"}", (await GetAsync("/custom/foo.js")).Text);
        Assert.Equal(404, (await GetAsync("/socket.io/socket.io.js")).Status);

        await using var silent = await TestServer.StartAsync(options: options => options.ServeClient = false);
        await using var other = await RawHttp.ConnectAsync(silent.Address);
        await other.SendAsync("GET", "/socket.io/socket.io.js", (byte[]?)null);
        Assert.Equal(400, (await other.ReadAsync()).Status);

        async Task<RawResponse> GetAsync(string target)
        {
            await http.SendAsync("GET", target, (byte[]?)null);
            return await http.ReadAsync();
        }
    }

    [Fact, Trait("Spec", "SRV-SRV-02"), Trait("Spec", "SRV-SRV-06"), Trait("Spec", "SRV-SRV-07"), Trait("Spec", "SRV-SRV-08"), Trait("Spec", "SRV-ATT-05")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:13"), Trait("Behaviour", "socket.io/test/namespaces.ts:88")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:468")]
    public async Task NamespacesAreMadeOnce()
    {
        var created = new Trace();
        await using var server = await TestServer.StartAsync(io => io.NamespaceCreated += ns => created.Add(ns.Name));
        var io = server.Io;
        Assert.Same(io.Sockets, io.Of("/"));
        Assert.Same(io.Sockets, io.Of(""));
        ServerNamespace[] same = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => io.Of("chat"))));
        Assert.Single(same.Distinct());
        Assert.Equal("/chat", same[0].Name);
        Assert.Equal(["/chat"], created.Lines);
        Assert.Equal(["/", "/chat"], io.Namespaces.Keys.Order(StringComparer.Ordinal));

        var connected = new Trace();
        io.Of("/late", socket =>
        {
            connected.Add(socket.Namespace.Name);
            return default;
        });
        await using var client = await server.ConnectAsync("/late");
        Assert.Equal(["/late"], connected.Lines);
    }
}
