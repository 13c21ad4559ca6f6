using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>A recovery byte for byte.</summary>
[Trait("Spec", "PRO-SES-04")]
public sealed class TranscriptTests
{
    [Fact]
    public async Task OverWebSocket()
    {
        await using var server = await RecoveryTests.StartAsync();
        var client = await server.OpenAsync();
        await client.SendAsync("40");
        string grant = await client.ReceiveAsync();
        string privateId = PrivateIdOf(grant, server);
        await server.Io.EmitAsync("a", 1);
        string offset = OffsetOf("42[\"a\",1,\"", await client.ReceiveAsync());
        await LoseAsync(client.Raw.WebSocket.Reset, server);
        await server.Io.EmitAsync("b");

        await using var again = await server.OpenAsync();
        await again.SendAsync($"40{{\"pid\":\"{privateId}\",\"offset\":\"{offset}\"}}");
        Assert.NotEqual(offset, OffsetOf("42[\"b\",\"", await again.ReceiveAsync()));
        Assert.Equal(grant, await again.ReceiveAsync());
        await again.SendAsync("41");
    }

    [Fact, Trait("Spec", "SIO-CSR-08")]
    public async Task OverPollingInOnePayload()
    {
        await using var server = await RecoveryTests.StartAsync();
        await using var client = await server.OpenPollingAsync();
        await client.SendAsync("40");
        string grant = (await client.ReceiveAsync())!;
        string privateId = PrivateIdOf(grant, server);
        await server.Io.EmitAsync("a", 1);
        string offset = OffsetOf("42[\"a\",1,\"", await client.ReceiveAsync());
        await LoseAsync(() => _ = client.PostAsync("1"), server);
        foreach (string name in (string[])["b", "c"]) await server.Io.EmitAsync(name);

        await using var again = await server.OpenPollingAsync();
        await again.SendAsync($"40{{\"pid\":\"{privateId}\",\"offset\":\"{offset}\"}}");
        string[] payload = (await again.GetAsync()).Text.Split('\u001e');
        Assert.Equal(3, payload.Length);
        OffsetOf("42[\"b\",\"", payload[0]);
        OffsetOf("42[\"c\",\"", payload[1]);
        Assert.Equal(grant, payload[2]);
    }

    private static string PrivateIdOf(string grant, TestServer server)
    {
        string[] parts = grant.Split('"');
        Assert.Equal($"40{{\"sid\":\"{parts[3]}\",\"pid\":\"{parts[7]}\"}}", grant);
        Assert.Contains(parts[3], server.Io.Sockets.Sockets.Keys);
        return parts[7];
    }

    private static string OffsetOf(string start, string? packet)
    {
        string offset = packet!.Split('"')[^2];
        Assert.Equal($"{start}{offset}\"]", packet);
        return offset;
    }

    private static async Task LoseAsync(Action lose, TestServer server)
    {
        lose();
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 0, "the loss to be noticed");
    }
}
