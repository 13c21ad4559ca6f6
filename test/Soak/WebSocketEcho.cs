using System.Net.WebSockets;
using System.Text;

namespace Soak;

/// <summary>One client over WebSocket: an echo a second.</summary>
internal sealed class WebSocketEcho(Uri server) : IEcho
{
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1024];

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        _socket.Options.KeepAliveInterval = TimeSpan.Zero;
        await _socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/socket.io/", Query = "EIO=4&transport=websocket" }.Uri, cancellationToken);
        await ReceiveAsync("0{", cancellationToken);
        await SendAsync("40", cancellationToken);
        await ReceiveAsync("40{", cancellationToken);
    }

    public async Task EchoAsync(int number, CancellationToken cancellationToken)
    {
        await SendAsync($"42{number}[\"echo\",\"hello {number}\"]", cancellationToken);
        var answer = await ReceiveAsync("43", cancellationToken);
        if (answer != $"43{number}[\"hello {number}\"]") throw new InvalidDataException($"expected the echo {number}, got {answer}");
    }

    public Task DisconnectAsync() => _socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);

    public void Dispose() => _socket.Dispose();

    private Task SendAsync(string text, CancellationToken cancellationToken) =>
        _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, cancellationToken);

    private async Task<string> ReceiveAsync(string prefix, CancellationToken cancellationToken)
    {
        while (true)
        {
            var result = await _socket.ReceiveAsync(_buffer, cancellationToken);
            var text = Encoding.UTF8.GetString(_buffer, 0, result.Count);
            if (text == "2") await SendAsync("3", cancellationToken);
            else if (text.StartsWith(prefix, StringComparison.Ordinal)) return text;
            else throw new InvalidDataException($"expected {prefix}, got {text} ({result.MessageType})");
        }
    }
}
