using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Builder;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Requests;

/// <summary>Compression of polling answers.</summary>
public sealed class PollingCompressionTests
{
    [Theory]
    [InlineData(1023, false)]
    [InlineData(1024, true)]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "EIO-CMP-04")]
    [Trait("Behaviour", "engine.io/test/server.js:3254")]
    [Trait("Behaviour", "engine.io/test/server.js:3436")]
    public async Task Threshold_is_the_length_of_the_body(int length, bool isCompressed)
    {
        await using var server = await RequestServer.StartAsync();
        var (response, text) = await PollAsync(server, length, "gzip");

        Assert.Equal(isCompressed ? "gzip" : null, response.Header("Content-Encoding"));
        Assert.Equal(isCompressed ? "chunked" : null, response.Header("Transfer-Encoding"));
        Assert.Equal(isCompressed ? null : "1023", response.Header("Content-Length"));
        Assert.Equal("no-store", response.Header("Cache-Control"));
        Assert.Null(response.Header("Vary"));
        Assert.Equal(text, Decode(response));
    }

    [Theory]
    [InlineData("gzip", "gzip")]
    [InlineData("GZIP", "gzip")]
    [InlineData("deflate", "deflate")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("deflate, gzip", "deflate")]
    [InlineData("br, deflate;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("gzip;q=0.2, deflate;q=0.3", "deflate")]
    [InlineData("gzip;q=0, deflate", "deflate")]
    [InlineData("*", "gzip")]
    [InlineData("gzip;q=0, *", "deflate")]
    [InlineData("gzip;q=0, deflate;q=0, *", null)]
    [InlineData("gzip;q=0", null)]
    [InlineData("*;q=0", null)]
    [InlineData("identity", null)]
    [InlineData("br, zstd", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "EIO-CMP-02")]
    [Trait("Behaviour", "engine.io/test/server.js:3292")]
    public async Task Client_chooses_the_encoding(string? accepted, string? encoding)
    {
        await using var server = await RequestServer.StartAsync();
        var (response, text) = await PollAsync(server, 2000, accepted);

        Assert.Equal(encoding, response.Header("Content-Encoding"));
        Assert.Equal(text, Decode(response));
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "SRV-EOPT-09")]
    [Trait("Behaviour", "engine.io/test/server.js:3330")]
    [Trait("Behaviour", "engine.io/test/server.js:3368")]
    [Trait("Behaviour", "engine.io/test/server.js:3402")]
    public async Task Option_and_message_switch_it_off()
    {
        await using var off = await RequestServer.StartAsync(options => options.HttpCompression = null);
        Assert.Null((await PollAsync(off, 2000, "gzip")).Response.Header("Content-Encoding"));
        await using var on = await RequestServer.StartAsync();
        Assert.Null((await PollAsync(on, 2000, "gzip", compress: false)).Response.Header("Content-Encoding"));
        await using var low = await RequestServer.StartAsync(options => options.HttpCompression = new HttpCompressionOptions { Threshold = 0 });
        Assert.Equal("gzip", (await PollAsync(low, 2, "gzip")).Response.Header("Content-Encoding"));
        // Control packets alone never are.
        Assert.Null((await low.GetAsync(RequestServer.Polling, ("Accept-Encoding", "gzip"))).Header("Content-Encoding"));
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "EIO-HS-08")]
    public async Task Initial_packet_is_a_message()
    {
        var text = new string('x', 2000);
        await using var server = await RequestServer.StartAsync(options => options.InitialPacket = text);

        var response = await server.GetAsync(RequestServer.Polling, ("Accept-Encoding", "gzip"));

        Assert.Equal("gzip", response.Header("Content-Encoding"));
        Assert.EndsWith("\u001e4" + text, Decode(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    [Trait("Spec", "EIO-CMP-01")]
    public async Task UseResponseCompression_does_not_compress_again(bool isOwnOn)
    {
        await using var server = await RequestServer.StartAsync(
            options => options.HttpCompression = isOwnOn ? options.HttpCompression : null,
            services: services => services.AddResponseCompression(compression => compression.MimeTypes = ["text/plain"]),
            pipeline: app => app.UseResponseCompression());

        var (response, text) = await PollAsync(server, 2000, "gzip");

        Assert.Equal("gzip", response.Header("Content-Encoding"));
        Assert.Equal(text, Decode(response));
    }

    [Theory]
    [InlineData("Mozilla/4.0 (compatible;MSIE 8.0; Windows NT 6.1)", "0")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Trident/7.0; rv:11.0) like Gecko", "0")]
    [InlineData("Mozilla/5.0 (X11) Firefox/140.0", null)]
    [Trait("Spec", "EIO-POLL-21")]
    [Trait("Spec", "EIO-POLL-22")]
    [Trait("Behaviour", "engine.io/test/server.js:3522")]
    [Trait("Behaviour", "engine.io/test/server.js:3533")]
    [Trait("Behaviour", "engine.io/test/server.js:3544")]
    public async Task Internet_Explorer_gets_its_header(string userAgent, string? value)
    {
        await using var server = await RequestServer.StartAsync();
        await using var polling = await PollingClient.OpenAsync(server.Address, headers: ("User-Agent", userAgent));
        server.Sessions.Single().Post(EngineFrame.Message("a"));

        RawResponse[] responses =
        [
            polling.OpenResponse,
            await server.GetAsync(polling.Target, ("User-Agent", userAgent)),
            await polling.PostAsync("4a", ("User-Agent", userAgent)),
        ];

        Assert.All(responses, response =>
        {
            Assert.Equal(value, response.Header("X-XSS-Protection"));
            Assert.Equal("no-store", response.Header("Cache-Control"));
        });
    }

    /// <summary>Polls a message whose answer has a body of <paramref name="length"/> bytes.</summary>
    private static async Task<(RawResponse Response, string Text)> PollAsync(RequestServer server, int length, string? accepted, bool compress = true)
    {
        await using var polling = await PollingClient.OpenAsync(server.Address);
        var text = new string('x', length - 1);
        server.Sessions.Single().Post(EngineFrame.Message(text), compress: compress);
        return (await server.GetAsync(polling.Target, accepted is null ? [] : [("Accept-Encoding", accepted)]), "4" + text);
    }

    private static string Decode(RawResponse response)
    {
        var body = new MemoryStream(response.Body);
        Stream decoder = response.Header("Content-Encoding") switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoder, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
