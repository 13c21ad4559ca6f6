using System.Text.Json;
using SocketIO.AspNetCore;
using TestKit;

namespace Specifications;

/// <summary>A client of one server, which writes and reads packets as they stand on the wire.</summary>
public sealed class NodeClient : IAsyncDisposable
{
    private readonly SocketClient _raw;

    private NodeClient(SocketClient raw, Node node, string id, ServerSocket socket)
    {
        _raw = raw;
        Node = node;
        Id = id;
        Socket = socket;
    }

    public Node Node { get; }

    public string Id { get; }

    /// <summary>The server's side.</summary>
    public ServerSocket Socket { get; }

    public static async Task<NodeClient> ConnectAsync(Node node, string ns = "/", string auth = "")
    {
        string prefix = ns == "/" ? "" : ns + ",";
        var raw = await SocketClient.OpenAsync(node.Address, "/socket.io/", extra: "&q=1");
        await raw.SendAsync($"40{prefix}{auth}");
        string grant = await raw.ReceiveTextAsync();
        string id = JsonDocument.Parse(grant[(2 + prefix.Length)..]).RootElement.GetProperty("sid").GetString()!;
        // The grant is on its way before the server's last statement about the socket has run.
        await Deadline.UntilAsync(() => node.Io.Of(ns).Sockets.ContainsKey(id), "the socket");
        return new NodeClient(raw, node, id, node.Io.Of(ns).Sockets[id]);
    }

    public Task SendAsync(string packet) => _raw.SendAsync(packet);

    public Task SendAsync(params byte[] data) => _raw.SendAsync(data);

    /// <summary>The next text, whatever it is.</summary>
    public Task<string> NextAsync() => _raw.ReceiveTextAsync();

    public async Task ExpectAsync(params string[] packets)
    {
        foreach (string packet in packets) Assert.Equal(packet, await _raw.ReceiveTextAsync());
    }

    public async Task ExpectAsync(byte[] attachment) => Assert.Equal(attachment, (await _raw.ReceiveAsync()).Data);

    /// <summary>Expects an event that is to be acknowledged, and acknowledges it.</summary>
    /// <param name="eventJson">The event.</param>
    /// <param name="answer">The arguments of the acknowledgement, a JSON array; null to read the event only.</param>
    /// <returns>The acknowledgement id.</returns>
    public async Task<string> AnswerAsync(string eventJson, string? answer)
    {
        string packet = await _raw.ReceiveTextAsync();
        int bracket = packet.IndexOf('[', StringComparison.Ordinal);
        Assert.StartsWith("42", packet);
        Assert.Equal(eventJson, packet[bracket..]);
        if (answer is not null) await SendAsync($"43{packet[2..bracket]}{answer}");
        return packet[2..bracket];
    }

    /// <summary>What came before the event <c>end</c>.</summary>
    public async Task<List<string>> UntilEndAsync()
    {
        var received = new List<string>();
        while (true)
        {
            string packet = await _raw.ReceiveTextAsync();
            if (packet.EndsWith("[\"end\"]", StringComparison.Ordinal)) return received;
            received.Add(packet);
        }
    }

    /// <summary>The server closes the connection.</summary>
    public Task ReceiveEndAsync() => _raw.ReceiveEndAsync();

    public ValueTask DisposeAsync() => _raw.DisposeAsync();
}
