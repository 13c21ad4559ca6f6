using System.Reflection;
using EngineIO;
using EngineIO.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using TestKit;

namespace SocketIO.Client.Tests.DependencyInjection;

/// <summary>Options that stand in the configuration.</summary>
public sealed class ConfigurationTests
{
    [Fact]
    public async Task OptionsStandInTheConfiguration()
    {
        var configuration = Section("""
            {
              "path": "/live", "AddTrailingSlash": false, "Query": { "room": "a", "empty": "" }, "Transports": ["websocket"], "Upgrade": false, "TryAllTransports": true, "RememberUpgrade": true,
              "ForceBase64": true, "TimestampRequests": false, "TimestampParam": "ts", "ExtraHeaders": { "X-Key": "secret" }, "RequestTimeout": "00:01:00", "Protocols": "a, b", "Revision": "V3",
              "TransportOptions": { "polling": { "Path": "/poll", "AddTrailingSlash": "true", "ExtraHeaders": { "X-P": "1" }, "Query": { "p": "1" }, "TimestampRequests": true } },
              "MaxMessageSize": 1000, "CloseTimeout": "00:00:05", "WithCredentials": true, "DangerousAcceptAnyServerCertificate": true, "UseProxy": false, "CloseOnNetworkLoss": false,
              "PerMessageDeflate": { "Threshold": 1, "ClientNoContextTakeover": true, "ServerNoContextTakeover": true, "ClientMaxWindowBits": 10, "ServerMaxWindowBits": 11 },
              "AutoConnect": true, "Reconnection": false, "ReconnectionAttempts": 7, "ReconnectionDelay": "00:00:00.5", "ReconnectionDelayMax": "00:00:30", "RandomizationFactor": 0.25,
              "ConnectTimeout": "00:00:10", "FailFast": true, "ForceNew": true, "MaxQueuedEvents": 5, "MaxQueuedEventBytes": 6, "Socket": { "Retries": 3, "AckTimeout": "00:00:10" }
            }
            """);
        var services = new ServiceCollection();
        services.AddSocketIOClient("orders", "https://shop.example", configuration, options => options.Socket.Auth = "code");
        await using var provider = services.BuildServiceProvider();

        var options = provider.GetRequiredService<IOptionsMonitor<SocketManagerOptions>>().Get("orders");
        var (polling, deflate) = (options.TransportOptions["polling"], options.PerMessageDeflate!);
        Assert.Equal(("/live", false, "ts"), (options.Path, options.AddTrailingSlash, options.TimestampParam));
        Assert.Equal([new("empty", ""), new("room", "a")], options.Query.OrderBy(pair => pair.Key));
        Assert.Equal("secret", options.ExtraHeaders["x-key"]);
        Assert.Equal(["websocket"], options.Transports);
        Assert.Equal(["a", "b"], options.Protocols);
        Assert.Equal((false, true, true, true, false), (options.Upgrade, options.TryAllTransports, options.RememberUpgrade, options.ForceBase64, options.TimestampRequests));
        Assert.Equal((TimeSpan.FromMinutes(1), EngineRevision.V3, 1000, TimeSpan.FromSeconds(5)), (options.RequestTimeout, options.Revision, options.MaxMessageSize, options.CloseTimeout));
        Assert.Equal(("/poll", true, "1", "1", true), (polling.Path, polling.AddTrailingSlash, polling.Query!["p"], polling.ExtraHeaders!["x-p"], polling.TimestampRequests));
        Assert.Equal((true, true, false, false), (options.WithCredentials, options.DangerousAcceptAnyServerCertificate, options.UseProxy, options.CloseOnNetworkLoss));
        Assert.Equal((1, true, true, 10, 11), (deflate.Threshold, deflate.ClientNoContextTakeover, deflate.ServerNoContextTakeover, deflate.ClientMaxWindowBits, deflate.ServerMaxWindowBits));
        Assert.Equal((true, false, 7, true, true), (options.AutoConnect, options.Reconnection, options.ReconnectionAttempts, options.FailFast, options.ForceNew));
        Assert.Equal((TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(30), 0.25), (options.ReconnectionDelay, options.ReconnectionDelayMax, options.RandomizationFactor));
        Assert.Equal((TimeSpan.FromSeconds(10), 5, 6), (options.ConnectTimeout, options.MaxQueuedEvents, options.MaxQueuedEventBytes));
        Assert.Equal((3, TimeSpan.FromSeconds(10), "code"), (options.Socket.Retries, options.Socket.AckTimeout, options.Socket.Auth));
    }

    [Fact]
    public async Task TheFactorysOptionsDoAsWell()
    {
        var services = new ServiceCollection();
        services.AddSocketIOClient(Section("""{ "Path": "/live", "PerMessageDeflate": false, "ConnectTimeout": "" }"""));
        await using var provider = services.BuildServiceProvider();
        var options = provider.GetRequiredService<SocketIOClientFactory>().Connect("https://shop.example").Manager.Options;
        Assert.Equal(("/live", null, null), (options.Path, options.PerMessageDeflate, options.ConnectTimeout));
        Assert.Equal(["polling", "websocket"], options.Transports);
    }

    [Theory]
    [InlineData("""{ "Transport": "websocket" }""", "SocketIO:Transport is not known; remove it, or set one of ", "Transports")]
    [InlineData("""{ "ReconnectionDelay": 25 }""", "SocketIO:ReconnectionDelay is 25; set it to a time such as ")]
    [InlineData("""{ "Reconnection": "maybe" }""", "SocketIO:Reconnection is maybe; set it to true or false.")]
    [InlineData("""{ "RandomizationFactor": "x" }""", "SocketIO:RandomizationFactor is x; set it to a number.")]
    [InlineData("""{ "ReconnectionAttempts": 1.5 }""", "SocketIO:ReconnectionAttempts is 1.5; set it to a whole number.")]
    [InlineData("""{ "Revision": "5" }""", "SocketIO:Revision is 5; set it to one of V3, V4.")]
    [InlineData("""{ "Socket": { "Auth": { "token": "secret" } } }""", "SocketIO:Socket:Auth is code, which a configuration cannot hold")]
    [InlineData("""{ "Socket": { "Retry": 3 } }""", "SocketIO:Socket:Retry is not known; remove it, or set one of AckTimeout, Retries.")]
    [InlineData("""{ "ExtraHeaders": "X-Key" }""", "SocketIO:ExtraHeaders is X-Key; set it to a group of texts.")]
    [InlineData("""{ "Query": { "a": { "b": "c" } } }""", "SocketIO:Query:a is a group; set it to a text.")]
    [InlineData("""{ "TransportOptions": { "webtransport": { "Path": "/" } } }""", "SocketIO:TransportOptions:webtransport is not known; remove it, or set one of polling, websocket.")]
    public async Task WhatIsWrongStopsTheStart(string json, params string[] texts)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddSocketIOClient("orders", "https://shop.example", Section(json));
        using var host = builder.Build();
        var error = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync()).WithDeadline();
        Assert.All(texts, text => Assert.Contains(text, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(SocketManagerOptions), ""), InlineData(typeof(ClientSocketOptions), "Socket:"), InlineData(typeof(PerMessageDeflateOptions), "PerMessageDeflate:")]
    [InlineData(typeof(EngineTransportOptions), "TransportOptions:polling:")]
    public void EveryOptionIsKnown(Type type, string prefix)
    {
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var configuration = new ConfigurationBuilder().AddInMemoryCollection([new($"SocketIO:{prefix}{property.Name}", "true"), new($"SocketIO:{prefix}{property.Name}:x", "y")]).Build();
            var services = new ServiceCollection();
            services.AddSocketIOClient(configuration.GetSection("SocketIO"));
            using var provider = services.BuildServiceProvider();
            var error = Record.Exception(() => provider.GetRequiredService<IOptionsMonitor<SocketManagerOptions>>().CurrentValue);
            Assert.DoesNotContain($"{prefix}{property.Name} is not known", error?.Message ?? "", StringComparison.Ordinal);
        }
    }

    private static IConfigurationSection Section(string json)
    {
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "SocketIO": {{json}} }"""));
        return new ConfigurationBuilder().AddJsonStream(stream).Build().GetSection("SocketIO");
    }
}
