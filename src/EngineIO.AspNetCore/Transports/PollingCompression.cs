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
            if (Name(encoding, encodings) is not { } name || value <= quality) continue;
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

    private static string? Name(StringWithQualityHeaderValue encoding, IList<StringWithQualityHeaderValue> all)
    {
        if (Is(encoding, Gzip)) return Gzip;
        if (Is(encoding, Deflate)) return Deflate;
        if (!Is(encoding, "*")) return null;
        // The wildcard stands for what has no entry of its own.
        if (!all.Any(static other => Is(other, Gzip))) return Gzip;
        return all.Any(static other => Is(other, Deflate)) ? null : Deflate;
    }

    private static bool Is(StringWithQualityHeaderValue encoding, string name) => encoding.Value.Equals(name, StringComparison.OrdinalIgnoreCase);
}
