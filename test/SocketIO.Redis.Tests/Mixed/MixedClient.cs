using System.Text.Json.Nodes;
using System.Threading.Channels;
using SocketIO.Client;
using TestKit;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>A client of one of the servers, ours or the official one. It answers with the first argument; of ours, not what is called "silent".</summary>
internal sealed class MixedClient : IAsyncDisposable
{
    private static int s_last;

    private readonly Func<Task<JsonNode?>> _receive;
    private readonly SocketManager? _manager;

    private MixedClient(string id, bool isOfNode, Func<Task<JsonNode?>> receive, SocketManager? manager)
    {
        (Id, IsOfNode, _receive, _manager) = (id, isOfNode, receive, manager);
    }

    public string Id { get; }

    /// <summary>Whether its server is the official one.</summary>
    public bool IsOfNode { get; }

    public ClientSocket? Ours { get; private init; }

    public static async Task<MixedClient> ConnectOursAsync(Uri address, string ns, bool isOfNode)
    {
        var manager = new SocketManager(address, new SocketManagerOptions
        {
            Transports = ["websocket"], Query = { ["q"] = "1" }, ReconnectionDelay = TimeSpan.FromMilliseconds(10), ReconnectionDelayMax = TimeSpan.FromMilliseconds(100),
        });
        var received = Channel.CreateUnbounded<JsonNode?>();
        var socket = manager.Socket(ns, new ClientSocketOptions { Auth = new { token = "ä" } });
        socket.OnAny(async (EventArguments args, Ack ack) =>
        {
            received.Writer.TryWrite(Values.Show(args.Payload));
            if (ack.IsRequested && args.Name != "silent") await ack.SendArgumentsAsync([args.ToArray()[0]]);
        });
        await socket.ConnectAsync().WithDeadline("our client");
        return new MixedClient(socket.Id!, isOfNode, () => received.Reader.ReadAsync().AsTask(), manager) { Ours = socket };
    }

    public static async Task<MixedClient> ConnectOfficialAsync(NodeServer official, Uri address, string ns, bool isOfNode)
    {
        string key = $"client{Interlocked.Increment(ref s_last)}";
        string url = address.GetLeftPart(UriPartial.Authority) + ns;
        var settings = new { query = new { q = "1" }, auth = new { token = "ä" }, reconnectionDelay = 10, reconnectionDelayMax = 100 };
        string id = (await official.CallAsync("connect", key, url, settings)).GetString()!;
        return new MixedClient(id, isOfNode, ReceiveAsync, null);

        async Task<JsonNode?> ReceiveAsync()
        {
            var report = await official.EventAsync("received", report => MixedServers.Text(report.GetProperty("key")) == key);
            return JsonNode.Parse(MixedServers.Text(report.GetProperty("args")));
        }
    }

    /// <summary>The next event: its name and arguments.</summary>
    public Task<JsonNode?> ReceiveAsync() =>
        _receive().WithDeadline($"an event for {(_manager is null ? "the official client" : "our client")} of {(IsOfNode ? "Node.js" : ".NET")}");

    public async Task ExpectAsync(string wanted)
    {
        var received = await ReceiveAsync();
        Assert.True(Values.AreEqual(wanted, received), $"{wanted} != {received?.ToJsonString()}");
    }

    /// <summary>The names of the events before the one called "end".</summary>
    public async Task<List<string>> UntilEndAsync()
    {
        var names = new List<string>();
        while (true)
        {
            string name = (string)(await ReceiveAsync())![0]!;
            if (name == "end") return names;
            names.Add(name);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_manager is not null) await _manager.DisposeAsync();
    }
}
