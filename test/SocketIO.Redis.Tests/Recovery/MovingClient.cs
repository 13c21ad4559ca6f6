using System.Text.Json;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Redis.Tests.Recovery;

/// <summary>A client that remembers its private id and its last offset as the official one does, and takes them to any server.</summary>
public sealed class MovingClient(string ns = "/") : IAsyncDisposable
{
    private readonly string _prefix = ns == "/" ? "" : ns + ",";
    private SocketClient? _raw;
    private RecoveryServer? _server;

    public string Id { get; private set; } = "";

    public string? Pid { get; set; }

    public string? Offset { get; set; }

    /// <summary>Whether the last grant had the private id of the one before.</summary>
    public bool Recovered { get; private set; }

    /// <summary>The texts that came before the last grant.</summary>
    public List<string> Missed { get; } = [];

    public ServerSocket Socket { get; private set; } = null!;

    public async Task<MovingClient> ConnectAsync(RecoveryServer server)
    {
        _server = server;
        _raw = await SocketClient.OpenAsync(server.Address, "/socket.io/");
        Missed.Clear();
        await _raw.SendAsync($"40{_prefix}{Auth()}");
        string packet;
        while (!(packet = await ReceiveAsync()).StartsWith($"40{_prefix}", StringComparison.Ordinal)) Missed.Add(packet);
        var grant = JsonDocument.Parse(packet[(2 + _prefix.Length)..]).RootElement;
        Id = grant.GetProperty("sid").GetString()!;
        string pid = grant.GetProperty("pid").GetString()!;
        Recovered = pid == Pid;
        Pid = pid;
        await Deadline.UntilAsync(() => server.Io.Of(ns).Sockets.TryGetValue(Id, out var socket) && socket.Connected, "the socket");
        Socket = server.Io.Of(ns).Sockets[Id];
        return this;
    }

    /// <summary>The next text, or the bytes of an attachment in hexadecimal; the offset of an event is remembered.</summary>
    public async Task<string> ReceiveAsync()
    {
        var frame = await _raw!.ReceiveAsync();
        if (frame.Opcode == WebSocketOpcode.Binary) return Convert.ToHexString(frame.Data.AsSpan());
        string packet = frame.Text;
        int bracket = packet.IndexOf('[', StringComparison.Ordinal);
        if (packet[0] == '4' && packet[1] is '2' or '5' && bracket > 0)
        {
            var last = JsonDocument.Parse(packet[bracket..]).RootElement.EnumerateArray().Last();
            if (last.ValueKind == JsonValueKind.String && last.GetString()!.Contains('-', StringComparison.Ordinal)) Offset = last.GetString();
        }

        return packet;
    }

    /// <summary>Sends an event to the socket's own room and waits for it.</summary>
    public async Task SyncAsync()
    {
        await _server!.Io.Of(ns).To(Id).EmitAsync("sync");
        while (!(await ReceiveAsync()).Contains("\"sync\"", StringComparison.Ordinal))
        {
            // What came before.
        }
    }

    /// <summary>Cuts the connection; the server notices in its time.</summary>
    public void Cut() => _raw!.WebSocket.Reset();

    public ValueTask DisposeAsync() => _raw?.DisposeAsync() ?? default;

    private string Auth() => (Pid, Offset) switch
    {
        (null, _) => "",
        (_, null) => $"{{\"pid\":\"{Pid}\"}}",
        _ => $"{{\"pid\":\"{Pid}\",\"offset\":\"{Offset}\"}}",
    };
}
