namespace Interop.Tests;

[Trait("Spec", "SRV-SCN-17")]
public sealed class ReconnectTests
{
    public static TheoryData<int, string> Matrix => new MatrixTheoryData<int, string>([4, 2], ["polling", "websocket", "upgrade"]);

    [Theory]
    [MemberData(nameof(Matrix))]
    [Trait("Spec", "SRV-CLOSE-02")]
    [Trait("Behaviour", "engine.io/test/server.js:1024")]
    [Trait("Behaviour", "socket.io/test/socket.ts:752")]
    public async Task TheClientComesBackAfterTheServer(int client, string transports)
    {
        var server = await InteropServer.StartAsync();
        var url = server.BaseAddress;
        try
        {
            await Script.RunAsync(
                "reconnect.mjs",
                new Dictionary<string, object> { ["url"] = url.OriginalString, ["client"] = client, ["transports"] = transports },
                async request =>
                {
                    if (request == "stop")
                    {
                        await server.StopAsync();
                        Assert.Empty(server.Log.Errors);
                        await server.DisposeAsync();
                    }
                    else
                    {
                        server = await InteropServer.StartAsync(url.Port);
                    }
                });
            await InteropServer.AssertNothingIsLeftAsync(server);
        }
        finally
        {
            await server.DisposeAsync();
        }
    }
}
