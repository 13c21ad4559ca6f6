using System.IO.Compression;
using System.Text;

namespace Conformance.Tests.Engine4;

public sealed class CompressionTests(ConformanceServers servers) : ModeTests(servers, "eio4", "/engine.io/")
{
    [Theory]
    [Trait("Spec", "EIO-CMP-01")]
    [Trait("Spec", "EIO-CMP-02")]
    [InlineData("gzip", 1023, null)]
    [InlineData("gzip", 1024, "gzip")]
    [InlineData("deflate", 1024, "deflate")]
    [InlineData("gzip, deflate", 2000, "gzip")]
    [InlineData("deflate, gzip", 2000, "deflate")]
    [InlineData("gzip, deflate, br", 2000, "gzip")]
    [InlineData("br", 2000, null)]
    [InlineData("identity", 2000, null)]
    [InlineData("identity;q=0.5, gzip", 2000, "gzip")]
    [InlineData("gzip;q=0.5, deflate;q=0.8", 2000, "deflate")]
    [InlineData("gzip;q=0", 2000, null)]
    [InlineData("gzip;q=0, deflate", 2000, "deflate")]
    [InlineData("*", 2000, "gzip")]
    [InlineData("GZIP", 2000, "gzip")]
    [InlineData("", 2000, null)]
    [InlineData(null, 2000, null)]
    public async Task Large_bodies_are_compressed_as_the_client_allows(string? acceptEncoding, int length, string? expected)
    {
        await using var client = await OpenPollingAsync();
        string packet = "4" + new string('x', length - 3) + "é";
        await client.SendAsync(packet);

        var response = await RawHttp.GetAsync(
            Server, client.Target, acceptEncoding is null ? [] : [("Accept-Encoding", acceptEncoding)]);

        Assert.Equal(200, response.Status);
        Assert.Equal(expected, response.Header("content-encoding"));
        Assert.Equal("text/plain; charset=UTF-8", response.ContentType);
        Assert.Equal("no-store", response.Header("cache-control"));
        Assert.Equal(packet, Encoding.UTF8.GetString(Decode(response)));
        if (expected is null)
            Assert.Equal($"{length}", response.Header("content-length"));
        else
            Assert.Equal("chunked", response.Header("transfer-encoding"));
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    public async Task Client_that_prefers_identity_gets_it()
    {
        OursOnly("EIO-CMP-01: the reference does not look at the quality of identity");
        await using var client = await OpenPollingAsync();
        await client.SendAsync("4" + new string('x', 2000));

        var response = await RawHttp.GetAsync(Server, client.Target, ("Accept-Encoding", "identity, gzip;q=0.5"));

        Assert.Null(response.Header("content-encoding"));
    }

    [Fact]
    [Trait("Spec", "EIO-CMP-01")]
    public async Task Answers_to_posts_and_small_control_packets_are_never_compressed()
    {
        await using var client = await OpenPollingAsync();

        var post = await client.PostAsync("4" + new string('x', 5000), ("Accept-Encoding", "gzip"));

        Assert.Equal("ok", post.Text);
        Assert.Null(post.Header("content-encoding"));
    }

    private static byte[] Decode(RawResponse response)
    {
        using var body = new MemoryStream(response.Body);
        using Stream decoded = response.Header("content-encoding") switch
        {
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            "deflate" => new ZLibStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var plain = new MemoryStream();
        decoded.CopyTo(plain);
        return plain.ToArray();
    }
}
