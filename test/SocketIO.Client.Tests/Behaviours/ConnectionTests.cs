using System.Text.Json;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of connecting, multiplexing and payloads.</summary>
public abstract class ConnectionTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:10"), Trait("Spec", "CLI-NET-01")]
    public async Task ConnectsEmitsAndGetsTheReply()
    {
        var socket = NewSocket();
        var echo = socket.Watch<string>("echo");
        await socket.EmitAsync("echo", "hi");
        socket.Connect();
        await echo.UntilAsync("hi");
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:21"), Trait("Spec", "CLI-OPT-10")]
    public void OpensNothingByItself()
    {
        var socket = NewSocket();
        Assert.Null(socket.Manager.Engine);
        Assert.Equal((SocketManagerState.Closed, false, false), (socket.Manager.State, socket.Active, socket.Connected));
    }

    [Theory, Trait("Spec", "CLI-MUX-01"), Trait("Spec", "CLI-MUX-02"), Trait("Spec", "CLI-MUX-03"), Trait("Spec", "CLI-NET-02")]
    [InlineData("/", "/", false)]
    [InlineData("/?woot", "/", false)]
    [InlineData("/foo", "/bar", true)]
    [Trait("Behaviour", "socket.io-client/test/connection.ts:27"), Trait("Behaviour", "socket.io-client/test/connection.ts:36")]
    [Trait("Behaviour", "socket.io-client/test/connection.ts:54")]
    public async Task SocketsShareAManagerUnlessTheyAreOfOneNamespace(string first, string second, bool isShared)
    {
        await using var factory = new SocketIOClientFactory();
        var (one, other) = (factory.Socket(Url(first)), factory.Socket(Url(second)));
        Assert.Equal(isShared, one.Manager == other.Manager);
        Assert.NotSame(one, other);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:45"), Trait("Spec", "CLI-MUX-01")]
    public async Task SocketsOfDifferentPathsHaveTheirOwnManagers()
    {
        await using var factory = new SocketIOClientFactory();
        Assert.NotSame(factory.Socket(Url("/a"), new() { Path = "/foo" }).Manager, factory.Socket(Url("/b"), new() { Path = "/bar" }).Manager);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:64"), Trait("Spec", "CLI-ACK-08")]
    public async Task AcknowledgesWhatTheServerAsks()
    {
        var socket = await ConnectAsync();
        var answered = new TaskCompletionSource<(int, JsonElement)>();
        socket.On<int, JsonElement>("answered", (number, data) => answered.TrySetResult((number, data)));
        socket.On<string, Ack>("question", async (text, ack) =>
        {
            await ack.SendAsync(5, new { test = text });
            // Only the first answer counts.
            await ack.SendAsync(6);
        });
        await socket.EmitAsync("ask", "question", "really?");
        var (number, data) = await answered.Task.WithDeadline();
        Assert.Equal((5, "really?"), (number, data.GetProperty("test").GetString()));
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:78"), Trait("Behaviour", "socket.io-client/test/connection.ts:699")]
    [Trait("Behaviour", "socket.io-client/test/connection.ts:711")]
    public async Task DatesArriveAsStrings()
    {
        var socket = await ConnectAsync();
        var answer = await socket.EmitArgumentsWithAckAsync("date", []).WithDeadline();
        Assert.Equal("1970-01-01T00:00:00.000Z", answer.Get<string>(0));
        Assert.Equal("1970-01-01T00:00:00.001Z", answer.Get<JsonElement>(1).GetProperty("date").GetString());
        Assert.Equal(DateTime.UnixEpoch, answer.Get<DateTime>(0).ToUniversalTime());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:89")]
    public async Task FalseArrivesAsFalse()
    {
        var socket = await ConnectAsync();
        var echo = socket.Watch<bool>("echo");
        await socket.EmitAsync("echo", false);
        await echo.UntilAsync("False");
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:101")]
    public async Task TextsOfAllScriptsArriveInOrder()
    {
        string[] texts = ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "😀 \u2028 \0"];
        var socket = await ConnectAsync();
        var echo = socket.Watch<string>("echo");
        foreach (string text in texts) await socket.EmitAsync("echo", text);
        await echo.UntilAsync(texts.Length);
        Assert.Equal(texts, echo.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:125"), Trait("Spec", "CLI-MUX-02")]
    public async Task AnotherNamespaceOpensOnAnOpenConnection()
    {
        var socket = await ConnectAsync();
        var foo = socket.Manager.Socket("/foo");
        await foo.ConnectAsync().WithDeadline();
        Assert.Equal(await socket.EmitWithAckAsync<string>("engine id").WithDeadline(), await foo.EmitWithAckAsync<string>("engine id").WithDeadline());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:141")]
    public async Task AnotherNamespaceOpensAfterTheFirstWasDisconnected()
    {
        var socket = await ConnectAsync();
        var manager = socket.Manager.Watch();
        socket.Disconnect();
        await manager.UntilAsync("close: forced close");
        await socket.Manager.Socket("/foo").ConnectAsync().WithDeadline();
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:757"), Trait("Behaviour", "socket.io-client/test/connection.ts:769")]
    public async Task BytesArriveAsBytesAlsoInsideOfObjects()
    {
        var socket = await ConnectAsync();
        var seen = await socket.EmitArgumentsWithAckAsync(
            "describe", [new byte[] { 1, 2, 255 }, new { hello = "lol", message = new byte[] { 16 }, goodbye = new[] { "gotcha" } }]).WithDeadline();
        Assert.Equal("[{\"bytes\":\"0102ff\"},{\"hello\":\"lol\",\"message\":{\"bytes\":\"10\"},\"goodbye\":[\"gotcha\"]}]", seen.Payload.ToString());
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:785"), Trait("Spec", "CLI-EMIT-02")]
    public async Task ABinaryEventAndATextEventKeepTheirOrder()
    {
        var socket = await ConnectAsync();
        var kinds = new Trace();
        socket.On<EventArguments>("echo", args => kinds.Add(args.Payload.HasAttachments ? "bytes" : "text"));
        await socket.EmitAsync("echo", new byte[] { 1 });
        await socket.EmitAsync("echo", "please arrive second");
        await kinds.UntilAsync(2);
        Assert.Equal(["bytes", "text"], kinds.Lines);
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:846"), Trait("Spec", "CLI-MUX-06")]
    public async Task ADisconnectedSocketIsOpenedAgainByAskingForIt()
    {
        var manager = NewManager(options => options.AutoConnect = true);
        var socket = manager.Socket();
        await socket.ConnectAsync().WithDeadline();
        socket.Disconnect();
        Assert.False(socket.Active);
        Assert.Same(socket, manager.Socket());
        Assert.True(socket.Active);
        await socket.ConnectAsync().WithDeadline();
    }

    [Fact, Trait("Behaviour", "socket.io-client/test/connection.ts:870"), Trait("Behaviour", "socket.io-client/test/connection.ts:897"), Trait("Spec", "CLI-LIFE-03")]
    public async Task AskingAgainForAnActiveSocketSendsNothing()
    {
        PacketLog packets = null!;
        var manager = NewManager(options =>
        {
            options.AutoConnect = true;
            packets = LogPackets(options);
        });
        await manager.OpenAsync().WithDeadline();
        var (socket, foo) = (manager.Socket(), manager.Socket("/foo"));
        Assert.Same(socket, manager.Socket());
        socket.Connect();
        await socket.ConnectAsync().WithDeadline();
        await foo.ConnectAsync().WithDeadline();
        socket.Disconnect();
        foo.Disconnect();
        Assert.Equal(["0", "0/foo,", "1", "1/foo,"], packets.Sent);
    }

    private string Url(string rest) => Peer.Address.GetLeftPart(UriPartial.Authority) + rest;

    public sealed class OnNode(PeerPool pool) : ConnectionTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : ConnectionTests(PeerKind.DotNet, pool);
}
