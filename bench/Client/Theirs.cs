using SocketIOClient;
using SocketIOClient.Transport;

namespace Client;

/// <summary>The NuGet package SocketIOClient.</summary>
internal sealed class Theirs : IContender
{
    private SocketIOClient.SocketIO? _socket;
    private TaskCompletionSource _arrived = new();

    public async Task ConnectAsync(Uri server, string transport)
    {
        _socket = new SocketIOClient.SocketIO(server, new SocketIOOptions
        {
            Transport = transport == "websocket" ? TransportProtocol.WebSocket : TransportProtocol.Polling,
            AutoUpgrade = false,
        });
        _socket.On("echo", response =>
        {
            response.GetValue<string>();
            _arrived.SetResult();
        });
        _socket.On("binary", response =>
        {
            response.GetValue<byte[]>();
            _arrived.SetResult();
        });
        await _socket.ConnectAsync();
    }

    public async Task EchoAsync(string text)
    {
        var arrived = _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket!.EmitAsync("echo", text);
        await arrived.Task;
    }

    public async Task AskAsync(string text)
    {
        var arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket!.EmitAsync(
            "ask",
            response =>
            {
                response.GetValue<string>();
                arrived.SetResult();
            },
            text);
        await arrived.Task;
    }

    public async Task BinaryAsync(byte[] bytes)
    {
        var arrived = _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket!.EmitAsync("binary", bytes);
        await arrived.Task;
    }

    public async ValueTask DisposeAsync()
    {
        if (_socket is null) return;
        await _socket.DisconnectAsync();
        _socket.Dispose();
    }
}
