using SocketIO.MessagePack;

namespace Interop.Tests;

/// <summary>Every scenario of <c>clients/scenarios/</c> with one of the official clients, over polling only, over WebSocket only, and with an upgrade.</summary>
/// <param name="client">The major version of the client.</param>
/// <param name="parser">"json", or "msgpack" for socket.io-msgpack-parser.</param>
public abstract class ScenarioTests(int client, string parser = "json")
{
    public static TheoryData<string, string> Matrix => new MatrixTheoryData<string, string>(
        ["connect", "events", "unicode", "binary", "acks", "namespaces", "middleware", "rooms", "volatile", "disconnects", "order", "crowd", "large", "documentation", "dynamic"],
        ["polling", "websocket", "upgrade"]);

    [Theory]
    [MemberData(nameof(Matrix))]
    [Trait("Spec", "PRO-CONF-04")]
    [Trait("Spec", "SRV-NET-01")]
    [Trait("Spec", "SRV-SCN-07")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:102"), Trait("Spec", "SRV-SCN-09"), Trait("Spec", "SRV-SCN-14"), Trait("Spec", "SRV-DYN-01"), Trait("Spec", "SRV-DYN-07")]
    public async Task TheOfficialClientIsServed(string scenario, string transports)
    {
        await using var server = await InteropServer.StartAsync(parser: parser == "msgpack" ? new MessagePackPacketParser() : null);
        await Script.RunAsync("scenario.mjs", new Dictionary<string, object>
        {
            ["scenario"] = scenario,
            ["url"] = server.BaseAddress.OriginalString,
            ["client"] = client,
            ["parser"] = parser,
            ["transports"] = transports,
        });
        await InteropServer.AssertNothingIsLeftAsync(server);
    }
}
