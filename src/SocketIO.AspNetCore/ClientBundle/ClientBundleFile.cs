using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace SocketIO.AspNetCore.ClientBundle;

/// <summary>One file of the official browser bundle, embedded in this assembly. It is read once, and compressed at most once per content coding.</summary>
internal sealed class ClientBundleFile
{
    /// <summary>The version of <c>socket.io-client</c> that is embedded.</summary>
    public const string Version = "4.8.4";

    private const string ETag = $"\"{Version}\"";
    private const string WeakETag = "W/" + ETag;

    private readonly string _contentType;
    private readonly Lazy<byte[]> _plain;
    private readonly Lazy<Task<byte[]>> _brotli;
    private readonly Lazy<Task<byte[]>> _gzip;
    private readonly Lazy<Task<byte[]>> _deflate;

    public ClientBundleFile(string name)
    {
        Name = name;
        _contentType = name.EndsWith(".map", StringComparison.Ordinal) ? "application/json; charset=utf-8" : "application/javascript; charset=utf-8";
        _plain = new(() => Read(name));
        _brotli = Compressed(static output => new BrotliStream(output, CompressionLevel.SmallestSize));
        _gzip = Compressed(static output => new GZipStream(output, CompressionLevel.SmallestSize));
        _deflate = Compressed(static output => new ZLibStream(output, CompressionLevel.SmallestSize));
    }

    /// <summary>The name of the file, without a folder.</summary>
    public string Name { get; }

    /// <summary>Answers a request for this file, whatever its method, as the reference does.</summary>
    public async Task ServeAsync(HttpContext context)
    {
        var response = context.Response;
        if (context.Request.Headers.IfNoneMatch.ToString() is ETag or WeakETag)
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        var coding = ContentCoding.Choose(context.Request.Headers.AcceptEncoding);
        var body = await BodyAsync(coding).ConfigureAwait(false);
        response.Headers[HeaderNames.CacheControl] = "public, max-age=0";
        response.Headers[HeaderNames.ContentType] = _contentType;
        response.Headers[HeaderNames.ETag] = ETag;
        if (coding != ContentCoding.Identity) response.Headers[HeaderNames.ContentEncoding] = coding;
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method)) await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
    }

    private Task<byte[]> BodyAsync(string coding) => coding switch
    {
        "br" => _brotli.Value,
        "gzip" => _gzip.Value,
        "deflate" => _deflate.Value,
        _ => Task.FromResult(_plain.Value),
    };

    // Off the request's thread, since the best ratio takes a while; every request that comes meanwhile awaits the same task.
    private Lazy<Task<byte[]>> Compressed(Func<Stream, Stream> compressor) => new(() => Task.Run(() =>
    {
        var output = new MemoryStream();
        using (var stream = compressor(output)) stream.Write(_plain.Value);
        return output.ToArray();
    }));

    private static byte[] Read(string name)
    {
        using var stream = typeof(ClientBundleFile).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"The resource {name} is not embedded.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
