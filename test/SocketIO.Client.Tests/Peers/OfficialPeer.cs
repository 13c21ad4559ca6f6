using System.Text.Json;
using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>The official server.</summary>
internal sealed class OfficialPeer : Peer
{
    private readonly NodeServer _server;

    private OfficialPeer(NodeServer server) => _server = server;

    public override Uri Address => _server.Address;

    public static async Task<Peer> StartAsync(PeerOptions options) => new OfficialPeer(await NodeServer.StartAsync("socketio.mjs", new
    {
        options.Version,
        Msgpack = options.MessagePack,
        options.Delay,
        options.Sticky,
        Tls = options.Certificate is { } certificate
            ? new { Key = certificate.KeyPath, Cert = certificate.CertificatePath, ClientAuthority = options.ClientAuthority?.CertificatePath }
            : null,
        Server = new Dictionary<string, object?>
        {
            ["connectionStateRecovery"] = options.Recovery ? new { } : null,
            ["transports"] = options.Transports?.Split(','),
            ["allowUpgrades"] = options.AllowUpgrades,
            ["allowEIO3"] = options.AllowEIO3,
            ["pingInterval"] = options.PingInterval,
            ["pingTimeout"] = options.PingTimeout,
            ["maxHttpBufferSize"] = options.MaxHttpBufferSize,
        }.Where(option => option.Value is not null).ToDictionary(),
    }));

    public override Task<JsonElement> EventAsync(string name, Func<JsonElement, bool>? match = null) => _server.EventAsync(name, match);

    public override Task EmitAsync(string ns, string? room, string eventName, params object?[] arguments) =>
        _server.CallAsync("emit", [ns, room, eventName, .. arguments]);

    public override async Task<IReadOnlyList<int>> StoredAsync(string key) => (await _server.CallAsync("stored", key)).Deserialize<int[]>()!;

    public override Task CloseAsync() => _server.CallAsync("close");

    public override Task StopAsync() => _server.StopAsync();

    public override Task StartAgainAsync() => _server.RestartAsync();

    public override ValueTask DisposeAsync() => _server.DisposeAsync();
}
