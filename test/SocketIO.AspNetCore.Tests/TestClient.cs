using System.Text.Json;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>A Socket.IO client that writes and reads packets as they stand on the wire.</summary>
internal sealed class TestClient(SocketClient raw, TestServer server) : IAsyncDisposable
{
    public SocketClient Raw { get; } = raw;

    /// <summary>The id in the namespace joined last.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The server's side in the namespace joined last.</summary>
    public ServerSocket Socket { get; private set; } = null!;

    /// <summary>Joins a namespace.</summary>
    public async Task<string> JoinAsync(string ns = "/", string auth = "")
    {
        string prefix = ns == "/" ? "" : ns + ",";
        await Raw.SendAsync($"40{prefix}{auth}");
        string grant = await ReceiveAsync();
        Assert.StartsWith($"40{prefix}{{", grant);
        Id = JsonDocument.Parse(grant[(2 + prefix.Length)..]).RootElement.GetProperty("sid").GetString()!;
        // The client may learn of it before the server's last statement about it has run.
        await Deadline.UntilAsync(() => server.Io.Of(ns).Sockets.ContainsKey(Id), "the socket");
        Socket = server.Io.Of(ns).Sockets[Id];
        return Id;
    }

    public Task SendAsync(string packet) => Raw.SendAsync(packet);

    public Task SendAsync(byte[] data) => Raw.SendAsync(data);

    public Task<string> ReceiveAsync() => Raw.ReceiveTextAsync();

    public async Task<byte[]> ReceiveBinaryAsync()
    {
        var frame = await Raw.ReceiveAsync();
        Assert.Equal(WebSocketOpcode.Binary, frame.Opcode);
        return frame.Data;
    }

    public async Task ExpectAsync(params string[] packets)
    {
        foreach (string packet in packets) Assert.Equal(packet, await ReceiveAsync());
    }

    /// <summary>The server closes the connection; what it sent before is skipped.</summary>
    public Task<RawFrame> ReceiveEndAsync() => Raw.ReceiveEndAsync();

    /// <summary>Waits until the server has handled everything that was sent to the namespace joined last.</summary>
    public async Task SyncAsync()
    {
        string prefix = Socket.Namespace.Name == "/" ? "" : Socket.Namespace.Name + ",";
        string marker = "sync-" + Guid.NewGuid().ToString("N");
        var socket = Socket;
        socket.Once(marker, () => socket.EmitAsync(marker));
        await SendAsync($"42{prefix}[\"{marker}\"]");
        await ExpectAsync($"42{prefix}[\"{marker}\"]");
    }

    /// <summary>Everything the server has sent so far.</summary>
    public async Task<List<string>> DrainAsync(string ns = "/")
    {
        string marker = "drain-" + Guid.NewGuid().ToString("N");
        await server.Io.Of(ns).To(Id).EmitAsync(marker);
        var received = new List<string>();
        while (true)
        {
            string packet = await ReceiveAsync();
            if (packet.Contains(marker, StringComparison.Ordinal)) return received;
            received.Add(packet);
        }
    }

    public ValueTask DisposeAsync() => Raw.DisposeAsync();
}
