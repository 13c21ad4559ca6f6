using System.Text.Json;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>A client in one namespace, over WebSocket, that writes and reads packets as they stand on the wire.</summary>
internal sealed class WireClient : IAsyncDisposable
{
    private readonly SocketClient _connection;

    private WireClient(SocketClient connection, string id)
    {
        _connection = connection;
        Id = id;
    }

    public string Id { get; }

    public static async Task<WireClient> ConnectAsync(WebServer server, string ns = "/", string auth = "")
    {
        var prefix = ns == "/" ? "" : ns + ",";
        var connection = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await connection.SendAsync($"40{prefix}{auth}");
        var grant = await connection.ReceiveTextAsync();
        Assert.StartsWith($"40{prefix}{{\"sid\":", grant);
        using var parsed = JsonDocument.Parse(grant[(2 + prefix.Length)..]);
        return new WireClient(connection, parsed.RootElement.GetProperty("sid").GetString()!);
    }

    /// <summary>Asks for the namespace in vain.</summary>
    /// <returns>The refusal.</returns>
    public static async Task<string> ConnectInVainAsync(WebServer server, string ns = "/", string auth = "")
    {
        await using var connection = await SocketClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await connection.SendAsync($"40{(ns == "/" ? "" : ns + ",")}{auth}");
        return await connection.ReceiveTextAsync();
    }

    public Task SendAsync(string packet) => _connection.SendAsync(packet);

    public Task<string> ReceiveAsync() => _connection.ReceiveTextAsync();

    public async Task ExpectAsync(params string[] packets)
    {
        foreach (var packet in packets) Assert.Equal(packet, await ReceiveAsync());
    }

    public Task<RawFrame> ReceiveEndAsync() => _connection.ReceiveEndAsync();

    public ValueTask DisposeAsync() => _connection.DisposeAsync();
}
