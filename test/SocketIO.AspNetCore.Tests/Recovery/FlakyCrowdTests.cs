using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

public sealed class FlakyCrowdTests
{
    // Half of the clients over WebSocket, half over polling. Without "keeps" the connections are reset and the clients stay away for up to 2 s; with it they connect anew at once, and
    // the server has not noticed that they were gone.
    [Theory, Trait("Spec", "SIO-CSR-08"), Trait("Spec", "SIO-CSR-09"), Trait("Spec", "SRV-CSR-12")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task NothingIsLostOrDoubled(bool keepsOldConnections)
    {
        await using var server = await RecoveryTests.StartAsync(io => io.OnConnection(socket =>
            socket.Recovered ? default : socket.JoinAsync(socket.Handshake.Query["room"])));
        var crowd = new FlakyCrowd(server.Address, clients: 200, keepsOldConnections);
        var report = await crowd.RunAsync(
            TimeSpan.FromSeconds(4), (room, number) => server.Io.To(room).EmitAsync("n", number), () => server.Io.EmitAsync("end"));
        Assert.True(report.IsClean, report.ToString());
        TestContext.Current.TestOutputHelper!.WriteLine(report.ToString());
    }
}
