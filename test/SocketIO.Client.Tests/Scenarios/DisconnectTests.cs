using EngineIO.Client;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>Why connections end: the reason, what is known of it, and whether the client comes back.</summary>
public abstract class DisconnectTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Theory, Trait("Spec", "CLI-DISC-01"), Trait("Spec", "CLI-LIFE-10"), Trait("Spec", "CLI-DISC-08")]
    [InlineData("polling", false), InlineData("polling", true), InlineData("websocket", false), InlineData("websocket", true)]
    public async Task TheServerDisconnects(string transport, bool closes)
    {
        var socket = await ConnectAsync(configure: options => options.Transports = [transport]);
        var (info, isActive) = await EndAsync(socket, () => socket.Emit("disconnect me", closes));
        Assert.Equal((DisconnectReasons.ServerDisconnect, null, false), (info.Reason, info.Details, isActive));
        Assert.Equal(SocketManagerState.Closed, socket.Manager.State);
        await socket.ConnectAsync().WithDeadline();
    }

    [Theory, Trait("Spec", "CLI-DISC-02"), Trait("Spec", "CLI-CLS-02"), Trait("Spec", "CLI-POLL-06")]
    [InlineData("polling"), InlineData("websocket")]
    public async Task TheClientDisconnectsAfterWhatItHasEmitted(string transport)
    {
        var socket = await ConnectAsync(configure: options => options.Transports = [transport]);
        var (key, id) = (Guid.NewGuid().ToString(), socket.Id!);
        var (info, isActive) = await EndAsync(socket, () =>
        {
            for (int i = 0; i < 100; i++) socket.Emit("store once", key, i);
            socket.Disconnect();
        });
        Assert.Equal((DisconnectReasons.ClientDisconnect, null, false), (info.Reason, info.Details, isActive));
        Assert.Equal("client namespace disconnect", await Peer.DisconnectReasonAsync(id));
        var stored = await Peer.StoredAsync(key);
        // The official server forgets what it has read together with a goodbye.
        Assert.Equal(Enumerable.Range(0, Kind == PeerKind.Official ? stored.Count : 100), stored);
    }

    [Theory, Trait("Spec", "CLI-DISC-04"), Trait("Spec", "CLI-POLL-07"), Trait("Spec", "CLI-WS-04")]
    [InlineData("polling", "transport closed by the server")]
    [InlineData("websocket", "websocket connection closed")]
    public async Task TheServerClosesTheTransport(string transport, string details)
    {
        var socket = await ConnectAsync(configure: options => options.Transports = [transport]);
        var (info, isActive) = await EndAsync(socket, () => socket.Emit("close my engine"));
        Assert.Equal((DisconnectReasons.TransportClose, true), (info.Reason, isActive));
        Assert.Equal(details, Assert.IsType<EngineClientException>(info.Details).Message);
        await Deadline.UntilAsync(() => socket.Connected, "the client to come back");
    }

    [Theory, Trait("Spec", "CLI-DISC-04"), Trait("Spec", "CLI-DISC-05"), Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-WS-04")]
    [InlineData("polling", false, "transport error"), InlineData("polling", true, "transport error")]
    [InlineData("websocket", false, "transport close"), InlineData("websocket", true, "transport close")]
    public async Task TheNetworkCuts(string transport, bool resets, string reason)
    {
        var proxy = NewProxy();
        var socket = await ConnectAsync(configure: options => options.Transports = [transport], address: proxy.Address);
        await IdleAsync(socket);
        var (info, isActive) = await EndAsync(socket, () => proxy.Cut(resets));
        Assert.Equal((reason, true), (info.Reason, isActive));
        Assert.Equal(transport, Assert.IsType<EngineClientException>(info.Details).Transport);
        await Deadline.UntilAsync(() => socket.Connected, "the client to come back");
    }

    [Theory, Trait("Spec", "CLI-TRB-05"), Trait("Spec", "CLI-LIFE-10")]
    [InlineData("polling"), InlineData("websocket")]
    public async Task TheServerSaysFarewell(string transport)
    {
        var peer = await OwnPeerAsync();
        var socket = await ConnectAsync(configure: options => options.Transports = [transport], address: peer.Address);
        await IdleAsync(socket);
        var (info, isActive) = await EndAsync(socket, () => _ = peer.CloseAsync());
        Assert.Contains(info.Reason, (string[])[DisconnectReasons.ServerDisconnect, DisconnectReasons.TransportClose]);
        Assert.Equal(info.Reason == DisconnectReasons.TransportClose, isActive);
    }

    // Until a poll waits at the server: what happens between two polls is seen as something else.
    private static async Task IdleAsync(ClientSocket socket)
    {
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
        await Task.Delay(50);
    }

    private static async Task<(DisconnectInfo Info, bool IsActive)> EndAsync(ClientSocket socket, Action end)
    {
        var ended = new TaskCompletionSource<(DisconnectInfo, bool)>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var subscription = socket.OnDisconnected(info => ended.TrySetResult((info, socket.Active)));
        end();
        return await ended.Task.WithDeadline("the connection to end");
    }

    public sealed class OnNode(PeerPool pool) : DisconnectTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : DisconnectTests(PeerKind.DotNet, pool);
}
