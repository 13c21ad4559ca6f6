using System.IO.Compression;
using System.Text;
using EngineIO.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.Builder;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Polling;

public sealed class CompressionTests
{
    private static readonly string Long = new('x', 5000);

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    public async Task Compression_can_be_switched_off()
    {
        await using var host = await TestEngine.StartAsync(options => options.HttpCompression = null);
        var response = await PollAsync(host, session => session.Post(EngineFrame.Message(Long)));

        Assert.Null(response.Header("content-encoding"));
        Assert.Equal("5001", response.Header("content-length"));
    }

    [Theory]
    [Trait("Spec", "EIO-CMP-01")]
    [InlineData(10, "gzip")]
    [InlineData(9, null)]
    public async Task Threshold_is_an_option(int length, string? expected)
    {
        await using var host = await TestEngine.StartAsync(options => options.HttpCompression = new HttpCompressionOptions { Threshold = 10 });
        var response = await PollAsync(host, session => session.Post(EngineFrame.Message(new string('x', length - 1))));

        Assert.Equal(expected, response.Header("content-encoding"));
    }

    [Theory]
    [Trait("Spec", "EIO-CMP-01")]
    [InlineData(false, false, null)]
    [InlineData(false, true, "gzip")]
    [InlineData(true, true, "gzip")]
    public async Task One_packet_that_wants_compression_is_enough(bool first, bool second, string? expected)
    {
        await using var host = await TestEngine.StartAsync();
        var response = await PollAsync(host, session =>
        {
            session.Post(EngineFrame.Message(Long), compress: first);
            session.Post(EngineFrame.Message(Long), compress: second);
        });

        Assert.Equal(expected, response.Header("content-encoding"));
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "EIO-CMP-04")]
    public async Task Handshake_is_a_control_packet()
    {
        await using var host = await TestEngine.StartAsync(options => options.HttpCompression = new HttpCompressionOptions { Threshold = 1 });

        Assert.Null((await host.GetAsync("?EIO=4&transport=polling", ("Accept-Encoding", "gzip"))).Header("content-encoding"));
    }

    [Theory]
    [Trait("Spec", "EIO-CMP-01")]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Middleware_of_the_host_does_not_compress_twice(bool ours)
    {
        await using var host = await TestEngine.StartAsync(
            options =>
            {
                if (!ours)
                    options.HttpCompression = null;
            },
            services: builder => builder.Services.AddResponseCompression(),
            pipeline: app => app.UseResponseCompression());
        var response = await PollAsync(host, session => session.Post(EngineFrame.Message(Long)));

        Assert.Equal("gzip", response.Header("content-encoding"));
        await using var decoded = new GZipStream(new MemoryStream(response.Body), CompressionMode.Decompress);
        using var reader = new StreamReader(decoded, Encoding.UTF8);
        Assert.Equal("4" + Long, await reader.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    private static async Task<RawResponse> PollAsync(TestEngine host, Action<EngineSession> send)
    {
        var (client, probe) = await host.OpenPollingAsync();
        await using var _1 = client;
        send(probe.Session);
        return await RawHttp.GetAsync(host.Address, client.Target, ("Accept-Encoding", "gzip"));
    }
}
