using System.IO.Compression;

namespace EngineIO.AspNetCore;

/// <summary>Compression of polling answers (<c>httpCompression</c>).</summary>
public sealed class HttpCompressionOptions
{
    /// <summary>The size from which an answer is compressed, in bytes. Default: 1,024.</summary>
    public int Threshold { get; set; } = 1024;

    /// <summary>Speed against size. Default: <see cref="CompressionLevel.Fastest"/>.</summary>
    public CompressionLevel Level { get; set; } = CompressionLevel.Fastest;
}
