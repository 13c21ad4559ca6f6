using System.IO.Compression;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace EngineIO.AspNetCore.Transports;

/// <summary>Compression of polling answers.</summary>
internal static class PollingCompression
{
    private const string Gzip = "gzip";
    private const string Deflate = "deflate";

    /// <summary>The encoding for an answer, null for none: the client's highest quality, the first named of equals.</summary>
    public static string? Choose(HttpCompressionOptions? options, int length, HttpContext context)
    {
        if (options is null || length < options.Threshold) return null;
        var accepted = context.Request.Headers.AcceptEncoding;
        if (accepted.Count == 0 || !StringWithQualityHeaderValue.TryParseList(accepted, out var encodings)) return null;
        string? chosen = null;
        // Identity, where it is preferred, means none.
        var (quality, identity) = (0.0, 0.0);
        foreach (var encoding in encodings)
        {
            var value = encoding.Quality ?? 1;
            if (encoding.Value.Equals("identity", StringComparison.OrdinalIgnoreCase)) identity = value;
            if (Name(encoding) is not { } name || value <= quality) continue;
            (chosen, quality) = (name, value);
        }

        return quality >= identity ? chosen : null;
    }

    public static async Task WriteAsync(Stream output, ReadOnlyMemory<byte> body, string encoding, CompressionLevel level)
    {
        // "deflate" is zlib (RFC 1950) on the wire, not the bare stream.
        await using Stream compressor = encoding == Gzip ? new GZipStream(output, level, leaveOpen: true) : new ZLibStream(output, level, leaveOpen: true);
        await compressor.WriteAsync(body);
    }

    private static string? Name(StringWithQualityHeaderValue encoding) => encoding.Value switch
    {
        { } value when value.Equals(Gzip, StringComparison.OrdinalIgnoreCase) || value.Equals("*", StringComparison.Ordinal) => Gzip,
        { } value when value.Equals(Deflate, StringComparison.OrdinalIgnoreCase) => Deflate,
        _ => null,
    };
}
