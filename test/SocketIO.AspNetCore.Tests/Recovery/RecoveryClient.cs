using System.Text.Json;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>A client that remembers its private id and its last offset as the official one does, over WebSocket.</summary>
internal sealed class RecoveryClient(TestServer server, string ns = "/")
{
    private readonly string _prefix = ns == "/" ? "" : ns + ",";

    public SocketClient Raw { get; private set; } = null!;

    public string Id { get; private set; } = "";

    public string? Pid { get; private set; }

    public string? Offset { get; set; }

    /// <summary>Whether the last grant had the private id of the one before.</summary>
    public bool Recovered { get; private set; }

    /// <summary>The events of the last connect that came before its grant.</summary>
    public List<string> Missed { get; } = [];

    public ServerSocket Socket { get; private set; } = null!;

    /// <summary>Connects, with what is known of the session.</summary>
    public async Task<RecoveryClient> ConnectAsync()
    {
        Raw = await SocketClient.OpenAsync(server.Address, "/socket.io/");
        await JoinAsync(Request());
        return this;
    }

    public string Request() => this switch
    {
        { Pid: null } => "",
        { Offset: null } => $"{{\"pid\":\"{Pid}\"}}",
        _ => $"{{\"pid\":\"{Pid}\",\"offset\":\"{Offset}\"}}",
    };

    public async Task JoinAsync(string auth)
    {
        Missed.Clear();
        await Raw.SendAsync($"40{_prefix}{auth}");
        while (true)
        {
            string packet = await ReceiveAsync();
            if (!packet.StartsWith($"40{_prefix}", StringComparison.Ordinal))
            {
                Missed.Add(packet);
                continue;
            }

            var grant = JsonDocument.Parse(packet[(2 + _prefix.Length)..]).RootElement;
            Id = grant.GetProperty("sid").GetString()!;
            string? pid = grant.TryGetProperty("pid", out var value) ? value.GetString() : null;
            Recovered = pid is not null && pid == Pid;
            Pid = pid;
            break;
        }

        await Deadline.UntilAsync(() => server.Io.Of(ns).Sockets.TryGetValue(Id, out var socket) && socket.Connected, "the socket");
        Socket = server.Io.Of(ns).Sockets[Id];
    }

    /// <summary>The next packet; the offset of an event is remembered.</summary>
    public async Task<string> ReceiveAsync()
    {
        string packet = await Raw.ReceiveTextAsync();
        string data = packet.StartsWith($"42{_prefix}[", StringComparison.Ordinal) ? packet[(2 + _prefix.Length)..] : "[]";
        var last = JsonDocument.Parse(data).RootElement.EnumerateArray().LastOrDefault();
        if (last.ValueKind == JsonValueKind.String) Offset = last.GetString();
        return packet;
    }

    /// <summary>Cuts the connection and waits until the server has noticed.</summary>
    public async Task CutAsync()
    {
        Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => Socket.Disconnected && !server.Io.Of(ns).Sockets.ContainsKey(Id), "the disconnection");
    }

    /// <summary>Sends an event to the socket's own room and waits for it.</summary>
    public async Task<string> SyncAsync()
    {
        await server.Io.Of(ns).To(Id).EmitAsync("sync");
        string packet;
        do packet = await ReceiveAsync();
        while (!packet.Contains("\"sync\"", StringComparison.Ordinal));
        return packet;
    }
}
