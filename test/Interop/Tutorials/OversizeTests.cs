using System.Collections.Concurrent;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/server-options/#maxhttpbuffersize, at its default: a megabyte is let in, a byte more is not.</summary>
[Trait("Spec", "SRV-SCN-20")]
public sealed class OversizeTests
{
    private const int Limit = 1_000_000;

    [Fact]
    public async Task WebSocketOnTheWire()
    {
        var reasons = new ConcurrentQueue<string>();
        await using var server = await StartAsync(reasons);
        await using var healthy = await WireClient.ConnectAsync(server);
        await using var client = await WireClient.ConnectAsync(server);
        await client.SendAsync(Message(Limit));
        await client.ExpectAsync(Answer(Limit));
        await client.SendAsync(Message(Limit + 1));
        Assert.Equal(1009, (await client.ReceiveEndAsync()).CloseCode);
        await Deadline.UntilAsync(() => !reasons.IsEmpty, "the disconnection");
        Assert.Equal(["transport error"], reasons);
        await AssertHealthyAsync(server, healthy);
    }

    [Fact]
    public async Task PollingOnTheWire()
    {
        await using var server = await StartAsync(new());
        await using var healthy = await WireClient.ConnectAsync(server);
        await using var client = await PollingClient.OpenAsync(server.BaseAddress, "/socket.io/");
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveAsync());
        await client.SendAsync(Message(Limit));
        Assert.Equal(Answer(Limit), await client.ReceiveAsync());
        var refusal = await client.PostAsync(Message(Limit + 1));
        Assert.Equal(413, refusal.Status);
        Assert.Empty(refusal.Text);
        // The session itself stays; the official client ends it.
        await client.SendAsync(Message(100));
        Assert.Equal(Answer(100), await client.ReceiveAsync());
        await AssertHealthyAsync(server, healthy);
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync(new());
        await Tutorial.RunAsync(server, "oversize");
    }

    private static Task<WebServer> StartAsync(ConcurrentQueue<string> reasons) => Tutorial.StartAsync(io => io.OnConnection(socket =>
    {
        socket.OnRequest<string, int>("length", text => text.Length);
        socket.OnDisconnected(info => reasons.Enqueue(info.Reason));
    }));

    // So many bytes on the wire.
    private static string Message(int bytes) => $"420[\"length\",\"{new string('x', bytes - Overhead)}\"]";

    private static string Answer(int bytes) => $"430[{bytes - Overhead}]";

    private static int Overhead => "420[\"length\",\"\"]".Length;

    private static async Task AssertHealthyAsync(WebServer server, WireClient client)
    {
        await client.SendAsync(Message(Limit));
        await client.ExpectAsync(Answer(Limit));
        Assert.Empty(server.Log.Errors);
    }
}
