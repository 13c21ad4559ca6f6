using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace TestKit;

/// <summary>A TCP connection on which a test decides about every byte, with a small read buffer and a deadline on each operation.</summary>
public sealed class WireConnection : IAsyncDisposable
{
    // Of the open ones: a test that looks at the server's side alone must not lose the connection to the garbage collector.
    private static readonly ConcurrentDictionary<WireConnection, bool> Open = new();

    private readonly Socket _socket;
    private byte[] _buffer = new byte[4096];
    private int _start;
    private int _end;

    internal WireConnection(Socket socket)
    {
        _socket = socket;
        Open[this] = true;
    }

    /// <summary>How long a read waits; a server waits for its client without a limit.</summary>
    public TimeSpan ReadLimit { get; init; } = Deadline.Default;

    public static Task<WireConnection> ConnectAsync(Uri server, CancellationToken cancellationToken = default) =>
        Deadline.RunAsync($"connect to {server}", async token =>
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, server.Port), token).ConfigureAwait(false);
                return new WireConnection(socket);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }, cancellationToken);

    public Task WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken = default) =>
        Deadline.RunAsync($"write {bytes.Length} bytes", async token =>
        {
            while (!bytes.IsEmpty)
                bytes = bytes[await _socket.SendAsync(bytes, token).ConfigureAwait(false)..];
            return true;
        }, cancellationToken);

    /// <summary>Writes text as UTF-8; Latin-1 control characters and the like go through unchanged.</summary>
    public Task WriteAsync(string text, CancellationToken cancellationToken = default) =>
        WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken);

    /// <summary>Reads up to CRLF and returns the line without it, byte by byte as Latin-1.</summary>
    public Task<string> ReadLineAsync(CancellationToken cancellationToken = default) =>
        Deadline.RunAsync("a line", ReadLimit, async token =>
        {
            int newLine;
            while ((newLine = _buffer.AsSpan(_start, _end - _start).IndexOf("\r\n"u8)) < 0)
                await FillAsync(token).ConfigureAwait(false);
            string line = Encoding.Latin1.GetString(_buffer, _start, newLine);
            _start += newLine + 2;
            return line;
        }, cancellationToken);

    public Task<byte[]> ReadExactAsync(int count, CancellationToken cancellationToken = default) =>
        Deadline.RunAsync($"{count} bytes", ReadLimit, async token =>
        {
            while (_end - _start < count)
                await FillAsync(token).ConfigureAwait(false);
            byte[] bytes = _buffer.AsSpan(_start, count).ToArray();
            _start += count;
            return bytes;
        }, cancellationToken);

    /// <summary>Reads until the peer ends the connection; a reset counts as an end.</summary>
    public Task<(byte[] Bytes, bool IsReset)> ReadToEndAsync(CancellationToken cancellationToken = default) =>
        Deadline.RunAsync("the end of the connection", ReadLimit, async token =>
        {
            try
            {
                while (true)
                    await FillAsync(token).ConfigureAwait(false);
            }
            catch (WireClosedException end)
            {
                byte[] bytes = _buffer.AsSpan(_start, _end - _start).ToArray();
                _start = _end;
                return (bytes, end.IsReset);
            }
        }, cancellationToken);

    /// <summary>True when nothing arrives within <paramref name="time"/>: the one way to see that a server stays silent.</summary>
    public async Task<bool> IsSilentAsync(TimeSpan time)
    {
        using var source = new CancellationTokenSource(time);
        try
        {
            if (_end > _start)
                return false;
            await FillAsync(source.Token).ConfigureAwait(false);
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
        catch (WireClosedException)
        {
            return false;
        }
    }

    /// <summary>Ends the sending direction only.</summary>
    public void ShutdownSend() => _socket.Shutdown(SocketShutdown.Send);

    /// <summary>Drops the connection with a TCP reset, unless it is closed.</summary>
    public void Reset()
    {
        if (!Open.TryRemove(this, out _)) return;
        try
        {
            _socket.LingerState = new LingerOption(true, 0);
            _socket.Close();
        }
        catch (ObjectDisposedException)
        {
            // Its script ended meanwhile.
        }
    }

    public ValueTask DisposeAsync()
    {
        Open.TryRemove(this, out _);
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        if (_start == _end)
            _start = _end = 0;
        if (_end == _buffer.Length)
        {
            if (_start > 0)
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            else
                Array.Resize(ref _buffer, _buffer.Length * 2);
            (_start, _end) = (0, _end - _start);
        }

        int read;
        try
        {
            read = await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.ConnectionReset or SocketError.ConnectionAborted)
        {
            throw new WireClosedException(isReset: true);
        }

        if (read == 0)
            throw new WireClosedException(isReset: false);
        _end += read;
    }
}
