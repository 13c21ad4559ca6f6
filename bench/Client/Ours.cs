using SocketIO;
using SocketIO.Client;

namespace Client;

/// <summary>SocketIO.Client.</summary>
internal sealed class Ours : IContender
{
    private SocketManager? _manager;
    private ClientSocket _socket = null!;
    private TaskCompletionSource _arrived = new();

    public async Task ConnectAsync(Uri server, string transport)
    {
        _manager = new SocketManager(server, new SocketManagerOptions { Transports = [transport], PerMessageDeflate = null });
        _socket = _manager.Socket();
        _socket.On("echo", (string _) => _arrived.SetResult());
        _socket.On("binary", (byte[] _) => _arrived.SetResult());
        await _socket.ConnectAsync();
    }

    public async Task EchoAsync(string text)
    {
        var arrived = _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.EmitAsync("echo", text);
        await arrived.Task;
    }

    public Task AskAsync(string text) => _socket.EmitWithAckAsync<string>("ask", text);

    public async Task BinaryAsync(byte[] bytes)
    {
        var arrived = _arrived = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _socket.EmitAsync("binary", bytes);
        await arrived.Task;
    }

    public ValueTask DisposeAsync() => _manager?.DisposeAsync() ?? default;
}
