using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>Limits of the web server that are meant for other requests.</summary>
[Trait("Spec", "SRV-ATT-11")]
public sealed class SlowRequestTests
{
    [Fact]
    public async Task Slow_POST_and_silent_poll_outlive_the_data_rates_of_the_host()
    {
        await using var server = await WebServer.StartAsync(
            builder =>
            {
                builder.Services.AddEngineIO();
                builder.Services.Configure<KestrelServerOptions>(kestrel =>
                {
                    var rate = new MinDataRate(bytesPerSecond: 1_000_000, gracePeriod: TimeSpan.FromSeconds(1.1));
                    (kestrel.Limits.MinRequestBodyDataRate, kestrel.Limits.MinResponseDataRate) = (rate, rate);
                    kestrel.Limits.MaxRequestBodySize = 10;
                });
            },
            app => app.MapEngineIO().OnConnection(session => session.PacketReceived += packet => session.Post(EngineFrame.Message(Encoding.UTF8.GetString(packet.Data.Span)))));
        await using var client = await PollingClient.OpenAsync(server.BaseAddress);
        await using var slow = await RawHttp.ConnectAsync(server.BaseAddress);
        var poll = await client.BeginGetAsync();

        await slow.SendHeadAsync("POST", client.Target, ("Content-Length", "31"));
        for (var i = 0; i < 31; i++)
        {
            await slow.Wire.WriteAsync(Encoding.ASCII.GetBytes(i == 0 ? "4" : "x"));
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Equal("ok", (await slow.ReadAsync()).Text);
        Assert.Equal("4" + new string('x', 30), (await poll).Text);
    }
}
