namespace EngineIO.AspNetCore.WebSockets;

/// <summary>The stream below a WebSocket. It lets it close without a status code: <see cref="System.Net.WebSockets.WebSocket"/> writes the placeholder 1005
/// into the frame, where RFC 6455 forbids it and JavaScript clients fail; every frame comes as one write, so that one is easily told. The host owns
/// the connection: disposing this does not end it.</summary>
internal sealed class WebSocketStream(Stream inner) : Stream
{
    private static readonly byte[] s_closeWith1005 = [0x88, 0x02, 0x03, 0xED];
    private static readonly byte[] s_closeWithout = [0x88, 0x00];

    public override bool CanRead => true;

    public override bool CanWrite => true;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => inner.ReadAsync(buffer, cancellationToken);

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
        inner.WriteAsync(buffer.Span.SequenceEqual(s_closeWith1005) ? s_closeWithout : buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

    public override void Write(byte[] buffer, int offset, int count) => inner.Write(buffer, offset, count);

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>Reads and forgets until the peer ends or the time is over. A connection that is closed with bytes unread is reset, and the peer would lose
    /// the close frame that tells it why.</summary>
    public async Task DrainAsync(TimeSpan patience, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        var scratch = new byte[4096];
        try
        {
            while (await inner.ReadAsync(scratch, timeout.Token) > 0)
            {
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // The end, one way or the other.
        }
    }
}
