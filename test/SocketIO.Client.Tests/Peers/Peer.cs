using System.Text.Json;

namespace SocketIO.Client.Tests.Peers;

/// <summary>A server with the application of <c>test/Peers/servers/application.mjs</c>, whosever it is.</summary>
public abstract class Peer : IAsyncDisposable
{
    public abstract Uri Address { get; }

    public static async Task<Peer> StartAsync(PeerKind kind, PeerOptions? options = null) => kind == PeerKind.Official
        ? await OfficialPeer.StartAsync(options ?? new())
        : await DotNetPeer.StartAsync(options ?? new());

    /// <summary>The first event of a name, and of which <paramref name="match"/> holds, that no call has taken yet.</summary>
    public abstract Task<JsonElement> EventAsync(string name, Func<JsonElement, bool>? match = null);

    /// <summary>Why the server thinks that a socket has gone, once it does.</summary>
    public async Task<string> DisconnectReasonAsync(string id) =>
        (await EventAsync("disconnect", data => data.GetProperty("id").GetString() == id)).GetProperty("reason").GetString()!;

    /// <summary>Emits to a namespace, or to one of its rooms.</summary>
    public abstract Task EmitAsync(string ns, string? room, string eventName, params object?[] arguments);

    /// <summary>What has been stored under a key, by the event <c>store</c>.</summary>
    public abstract Task<IReadOnlyList<int>> StoredAsync(string key);

    /// <summary>Closes the Socket.IO server: its sockets get their farewell.</summary>
    public abstract Task CloseAsync();

    /// <summary>Stops the whole server; nobody listens at its address then.</summary>
    public abstract Task StopAsync();

    /// <summary>Starts a stopped server at the same address, with an empty memory.</summary>
    public abstract Task StartAgainAsync();

    public abstract ValueTask DisposeAsync();
}
