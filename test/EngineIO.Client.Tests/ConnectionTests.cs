using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>A session from its first request to its goodbye, over each transport and across the upgrade.</summary>
public sealed class ConnectionTests
{
    public static TheoryData<string[]> TransportSets => new() { new[] { "polling" }, new[] { "websocket" }, new[] { "polling", "websocket" } };

    [Theory]
    [MemberData(nameof(TransportSets))]
    public async Task Text_and_bytes_come_back(string[] transports)
    {
        await using var server = await EchoServer.StartAsync();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, new() { Transports = transports });

        engine.Enqueue(EngineFrame.Message("utf8 — string ☃ 🚀"));
        engine.Enqueue(EngineFrame.Binary(new byte[] { 0, 1, 2, 255 }));

        Assert.Equal(["utf8 — string ☃ 🚀", "000102FF"], await recorder.NextAsync(2));
        if (transports.Length == 2) await Deadline.UntilAsync(() => engine.TransportName == "websocket", "the upgrade");
        engine.Enqueue(EngineFrame.Message("again"));
        Assert.Equal("again", await recorder.NextAsync());
        engine.Close();
        Assert.Equal(("forced close", null), await recorder.ClosedAsync());
        await engine.Completion.WithDeadline("everything to be gone");
        Assert.Empty(server.Log.Errors);
    }
}
