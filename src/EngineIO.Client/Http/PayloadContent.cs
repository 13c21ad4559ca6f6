using System.Net;

namespace EngineIO.Client.Http;

/// <summary>The body of a POST. A server may answer before it has read the body; its memory then stays out of the pool, since it is still being sent.</summary>
internal sealed class PayloadContent : HttpContent
{
    private const string Text = "text/plain;charset=UTF-8";
    private const string Binary = "application/octet-stream";

    private readonly PooledWriter _payload;
    private int _readers;

    public PayloadContent(PooledWriter payload, bool isBinary)
    {
        _payload = payload;
        Headers.TryAddWithoutValidation("Content-Type", isBinary ? Binary : Text);
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        Interlocked.Increment(ref _readers);
#if NETSTANDARD2_0
        byte[] bytes = _payload.Written.ToArray();
        await stream.WriteAsync(bytes, 0, bytes.Length).ConfigureAwait(false);
#else
        await stream.WriteAsync(_payload.Written).ConfigureAwait(false);
#endif
        Interlocked.Decrement(ref _readers);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _payload.Length;
        return true;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            if (Volatile.Read(ref _readers) == 0) _payload.Dispose();
            else _payload.Forget();
        }

        base.Dispose(disposing);
    }
}
