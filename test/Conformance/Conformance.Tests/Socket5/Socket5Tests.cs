using System.Text.Json;

namespace Conformance.Tests.Socket5;

/// <summary>Mode <c>sio5</c>: namespaces <c>/</c> and <c>/custom</c> that greet with the auth payload and echo.</summary>
public abstract class Socket5Tests(ConformanceServers servers) : ModeTests(servers, "sio5", "/socket.io/")
{
    /// <summary>Opens a WebSocket session that has joined <c>/</c>.</summary>
    protected async Task<SocketClient> ConnectAsync()
    {
        var client = await OpenWebSocketAsync();
        await JoinAsync(client);
        return client;
    }

    /// <summary>Joins a namespace and takes the grant and the greeting.</summary>
    protected static async Task<string> JoinAsync(SocketClient client, string nsp = "")
    {
        await client.SendAsync("40" + nsp);
        string grant = await client.ReceiveTextAsync();
        Assert.StartsWith("40" + nsp + "{", grant, StringComparison.Ordinal);
        Assert.Equal($"42{nsp}[\"auth\",{{}}]", await client.ReceiveTextAsync());
        return SidOf(grant);
    }

    protected static string SidOf(string grant)
    {
        using var json = JsonDocument.Parse(grant[grant.IndexOf('{', StringComparison.Ordinal)..]);
        Assert.Equal(["sid"], json.RootElement.EnumerateObject().Select(property => property.Name));
        return json.RootElement.GetProperty("sid").GetString()!;
    }

    /// <summary>Asserts that the socket of <c>/</c> still echoes.</summary>
    protected static async Task AssertAliveAsync(SocketClient client)
    {
        await client.SendAsync("42[\"message\",\"alive\"]");
        Assert.Equal("42[\"message-back\",\"alive\"]", await client.ReceiveTextAsync());
    }

    /// <summary>Asserts that the server closed the WebSocket by itself: no heartbeat came before, so it was no timeout.</summary>
    protected static async Task AssertClosedAsync(SocketClient client)
    {
        var frame = await client.WebSocket.ReceiveAsync();
        Assert.Equal("close without status", frame.ToString());
    }
}
