using System.Text.Json.Nodes;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>A namespace of both servers, with two clients on each.</summary>
internal sealed class MixedNamespace(MixedServers servers, ServerNamespace ours) : IAsyncDisposable
{
    public ServerNamespace Ours => ours;

    public string Name => ours.Name;

    /// <summary>Of ours: our client and the official one; of the official server: the same.</summary>
    public List<MixedClient> Clients { get; } = [];

    public async Task<MixedNamespace> ConnectAsync()
    {
        Clients.Add(await MixedClient.ConnectOursAsync(servers.Address, Name, isOfNode: false));
        Clients.Add(await MixedClient.ConnectOfficialAsync(servers.Official, servers.Address, Name, isOfNode: false));
        Clients.Add(await MixedClient.ConnectOursAsync(servers.Official.Address, Name, isOfNode: true));
        Clients.Add(await MixedClient.ConnectOfficialAsync(servers.Official, servers.Official.Address, Name, isOfNode: true));
        await Deadline.UntilAsync(() => ours.Sockets.Count == 2, "the sockets");
        return this;
    }

    /// <summary>Makes a client join a room, on its server.</summary>
    public async Task JoinAsync(int client, string room)
    {
        var (id, isOfNode) = (Clients[client].Id, Clients[client].IsOfNode);
        if (isOfNode) await servers.Official.CallAsync("join", Name, id, room);
        else await ours.Sockets[id].JoinAsync(room);
    }

    /// <summary>Does something on one of the servers.</summary>
    public async Task<JsonNode?> RunAsync(bool onNode, string steps) =>
        onNode ? JsonNode.Parse(MixedServers.Text(await servers.Official.CallAsync("run", Name, steps))) : await Steps.RunAsync(ours, steps).WithDeadline(steps);

    /// <summary>Polls one of the servers until it answers as wanted.</summary>
    public async Task UntilAsync(bool onNode, string steps, Func<JsonNode?, bool> isWanted)
    {
        long start = TimeProvider.System.GetTimestamp();
        JsonNode? last;
        while (!isWanted(last = await RunAsync(onNode, steps)))
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline.Default, $"{steps} gives {last?.ToJsonString()}");
            await Task.Delay(5);
        }
    }

    /// <summary>The next event for servers at the official one: its name and arguments.</summary>
    public async Task<JsonNode?> HeardByOfficialAsync()
    {
        var report = await servers.Official.EventAsync("server side", report => MixedServers.Text(report.GetProperty("namespace")) == Name);
        return JsonNode.Parse(MixedServers.Text(report.GetProperty("args")));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in Clients) await client.DisposeAsync();
    }
}
