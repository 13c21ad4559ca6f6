using System.Net.Sockets;

namespace TestKit;

/// <summary>One connection through a <see cref="FaultyProxy"/>.</summary>
internal sealed class FaultyLink(FaultyProxy proxy, Socket client) : IDisposable
{
    private readonly Socket _server = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(proxy.End);
    private volatile TaskCompletionSource? _stalledToServer;
    private volatile TaskCompletionSource? _stalledToClient;

    public async Task RunAsync()
    {
        try
        {
            client.NoDelay = true;
            await _server.ConnectAsync(proxy.Target.Host, proxy.Target.Port, _end.Token).ConfigureAwait(false);
            await Task.WhenAll(PumpAsync(client, _server, isToServer: true), PumpAsync(_server, client, isToServer: false)).ConfigureAwait(false);
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // One end has gone, or both were cut off.
        }
    }

    public void Dispose()
    {
        client.Dispose();
        _server.Dispose();
        _end.Dispose();
    }

    public void Cut(bool reset)
    {
        foreach (var socket in (Socket[])[client, _server])
        {
            Try(() =>
            {
                if (reset) socket.LingerState = new LingerOption(true, 0);
                else socket.Shutdown(SocketShutdown.Both);
                socket.Close();
            });
        }

        Try(_end.Cancel);
    }

    public void Stall(FaultyDirection direction)
    {
        if (direction != FaultyDirection.ToClient) _stalledToServer ??= NewStall();
        if (direction != FaultyDirection.ToServer) _stalledToClient ??= NewStall();
    }

    public void Resume()
    {
        Interlocked.Exchange(ref _stalledToServer, null)?.TrySetResult();
        Interlocked.Exchange(ref _stalledToClient, null)?.TrySetResult();
    }

    public void HalfClose(FaultyDirection direction)
    {
        if (direction != FaultyDirection.ToClient) Try(() => _server.Shutdown(SocketShutdown.Send));
        if (direction != FaultyDirection.ToServer) Try(() => client.Shutdown(SocketShutdown.Send));
    }

    private static TaskCompletionSource NewStall() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // Gone before.
        }
    }

    private async Task PumpAsync(Socket from, Socket to, bool isToServer)
    {
        byte[] buffer = new byte[16 * 1024];
        try
        {
            int count;
            while ((count = await from.ReceiveAsync(buffer.AsMemory(), _end.Token).ConfigureAwait(false)) > 0)
            {
                if (proxy.Delay > TimeSpan.Zero) await Task.Delay(proxy.Delay, _end.Token).ConfigureAwait(false);
                while ((isToServer ? _stalledToServer : _stalledToClient) is { } stalled) await stalled.Task.WaitAsync(_end.Token).ConfigureAwait(false);
                var data = buffer.AsMemory(0, count);
                if (isToServer && proxy.WebSockets is { } block && AsksForWebSocket(data.Span))
                {
                    await BlockAsync(block).ConfigureAwait(false);
                    return;
                }

                while (!data.IsEmpty) data = data[await to.SendAsync(data, _end.Token).ConfigureAwait(false)..];
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            Cut(reset: true);
        }
    }

    // The head of a request comes in one piece from every client that there is.
    private static bool AsksForWebSocket(ReadOnlySpan<byte> data) =>
        data.StartsWith("GET "u8) && System.Text.Encoding.Latin1.GetString(data).Contains("\nupgrade: websocket", StringComparison.OrdinalIgnoreCase);

    private async Task BlockAsync(WebSocketBlock block)
    {
        if (block == WebSocketBlock.Swallow) await Task.Delay(Timeout.Infinite, _end.Token).ConfigureAwait(false);
        if (block == WebSocketBlock.Refuse)
            await client.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token).ConfigureAwait(false);
        Cut(reset: false);
    }
}
