using System.IO.Compression;
using System.Text;
using Microsoft.AspNetCore.Http;
using SocketIO.AspNetCore.ClientBundle;

namespace SocketIO.AspNetCore.Tests.ClientBundle;

public sealed class ClientBundleHandlerTests
{
    private readonly ClientBundleHandler _handler = new("/socket.io");

    [Theory, Trait("Spec", "SRV-STAT-01")]
    [InlineData("socket.io.js")]
    [InlineData("socket.io.min.js")]
    [InlineData("socket.io.esm.min.js")]
    [InlineData("socket.io.msgpack.min.js")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:48"), Trait("Behaviour", "socket.io/test/server-attachment.ts:53")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:54"), Trait("Behaviour", "socket.io/test/server-attachment.ts:56")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:109"), Trait("Behaviour", "socket.io/test/server-attachment.ts:114")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:119"), Trait("Behaviour", "socket.io/test/server-attachment.ts:121")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:206")]
    public async Task ServesEveryVariantAndItsMap(string name)
    {
        var (script, _) = await GetAsync("/socket.io/" + name);
        Assert.Equal(200, script.StatusCode);
        Assert.Equal("application/javascript; charset=utf-8", script.ContentType);

        var (map, body) = await GetAsync($"/socket.io/{name}.map");
        Assert.Equal(200, map.StatusCode);
        Assert.Equal("application/json; charset=utf-8", map.ContentType);
        Assert.StartsWith("{\"version\":3,", Encoding.UTF8.GetString(body), StringComparison.Ordinal);
    }

    [Fact, Trait("Spec", "SRV-STAT-02")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:48")]
    public async Task SendsTheHeadersOfTheReference()
    {
        var (response, body) = await GetAsync("/socket.io/socket.io.js");
        Assert.Equal("public, max-age=0", response.Headers.CacheControl);
        Assert.Equal("\"4.8.4\"", response.Headers.ETag);
        Assert.Equal(body.Length, response.ContentLength);
        Assert.False(response.Headers.ContainsKey("Content-Encoding"));
        Assert.Equal(4, response.Headers.Count);
    }

    [Theory, Trait("Spec", "SRV-STAT-03")]
    [InlineData("\"4.8.4\"", 304)]
    [InlineData("W/\"4.8.4\"", 304)]
    [InlineData("4.8.4", 200)]
    [InlineData("\"4.8.3\"", 200)]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:126"), Trait("Behaviour", "socket.io/test/server-attachment.ts:139")]
    public async Task AnswersNotModifiedToTheSameVersion(string ifNoneMatch, int expected)
    {
        var (response, body) = await GetAsync("/socket.io/socket.io.js", context => context.Request.Headers.IfNoneMatch = ifNoneMatch);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == 304, body.Length == 0);
    }

    [Theory, Trait("Spec", "SRV-STAT-04")]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:58"), Trait("Behaviour", "socket.io/test/server-attachment.ts:73")]
    public async Task CompressesAsAccepted(string coding)
    {
        var (_, plain) = await GetAsync("/socket.io/socket.io.js");
        var (response, body) = await GetAsync("/socket.io/socket.io.js", context => context.Request.Headers.AcceptEncoding = coding);
        Assert.Equal(coding, response.Headers.ContentEncoding);
        Assert.InRange(body.Length, 1000, plain.Length / 3);

        using var compressed = new MemoryStream(body);
        using Stream stream = coding switch
        {
            "br" => new BrotliStream(compressed, CompressionMode.Decompress),
            "gzip" => new GZipStream(compressed, CompressionMode.Decompress),
            _ => new ZLibStream(compressed, CompressionMode.Decompress),
        };
        using var restored = new MemoryStream();
        await stream.CopyToAsync(restored, TestContext.Current.CancellationToken);
        Assert.Equal(plain, restored.ToArray());
    }

    [Fact, Trait("Spec", "SRV-STAT-02")]
    public async Task AnswersHeadWithoutABody()
    {
        var (response, body) = await GetAsync("/socket.io/socket.io.js", context => context.Request.Method = "HEAD");
        Assert.Equal(200, response.StatusCode);
        Assert.Empty(body);
        Assert.True(response.ContentLength > 0);
    }

    [Theory, Trait("Spec", "SRV-STAT-06")]
    [InlineData("/socket.io/foo.js")]
    [InlineData("/socket.io/")]
    [InlineData("/socket.io")]
    [InlineData("/socket.io/dist/socket.io.js")]
    [InlineData("/socket.io/Socket.IO.js")]
    [InlineData("/socket.io/socket.io.js/")]
    [InlineData("/other/socket.io.js")]
    public void LeavesOtherNamesToTheEngine(string path) => Assert.Null(_handler.Find(Request(path)));

    [Fact, Trait("Spec", "SRV-STAT-01")]
    public void FindsFilesBelowTheGroupOfAnEndpoint() => Assert.NotNull(_handler.Find(Request("/api/socket.io/socket.io.js")));

    [Fact, Trait("Spec", "SRV-STAT-08")]
    public async Task NamesTheVersionAndTheLicenceInTheBanner()
    {
        var (_, body) = await GetAsync("/socket.io/socket.io.min.js");
        var banner = Encoding.UTF8.GetString(body.AsSpan(0, 200));
        Assert.Contains($"Socket.IO v{ClientBundleFile.Version}\n", banner, StringComparison.Ordinal);
        Assert.Contains("Released under the MIT License.", banner, StringComparison.Ordinal);
    }

    private static DefaultHttpContext Request(string path) => new() { Request = { Method = "GET", Path = path } };

    private async Task<(HttpResponse Response, byte[] Body)> GetAsync(string path, Action<HttpContext>? configure = null)
    {
        var context = Request(path);
        using var body = new MemoryStream();
        context.Response.Body = body;
        configure?.Invoke(context);
        var file = _handler.Find(context);
        Assert.NotNull(file);
        await file.ServeAsync(context);
        return (context.Response, body.ToArray());
    }
}
