using SocketIO.Client.Tests.Peers;
using SocketIO.MessagePack;
using TestKit;

namespace SocketIO.Client.Tests.Matrix;

/// <summary>All that a socket does, over each transport, with each parser, in each kind of namespace, with and without recovery.</summary>
public abstract class MatrixTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    public static TheoryData<string, bool, string, bool> Rows =>
    [
        .. from transports in (string[])["polling", "websocket", "polling,websocket"]
           from isMessagePack in (bool[])[false, true]
           from ns in (string[])["/", "/foo", "/dynamic-7"]
           from recovers in (bool[])[false, true]
           select (transports, isMessagePack, ns, recovers),
    ];

    [Theory, MemberData(nameof(Rows))]
    [Trait("Spec", "CLI-SCN-14"), Trait("Spec", "CLI-OPT-17"), Trait("Spec", "CLI-OPT-33"), Trait("Spec", "CLI-TR-02"), Trait("Spec", "CLI-TR-03"), Trait("Spec", "CLI-CSR-01")]
    public async Task Row(string transports, bool isMessagePack, string ns, bool recovers)
    {
        var peer = await SharedPeerAsync(new() { MessagePack = isMessagePack, Recovery = recovers });
        var socket = NewSocket(ns, options =>
        {
            options.Transports = transports.Split(',');
            options.Reconnection = false;
            if (isMessagePack) options.Parser = new MessagePackPacketParser();
        }, address: peer.Address);
        var trace = socket.Watch();
        await Everything.ConnectAndEmitAsync(socket, transports.Split(',')[^1]);
        await LoseAsync(peer, socket, trace, recovers);
        await Everything.EmitAsync(socket);
        string id = socket.Id!;
        await socket.DisconnectAsync().WithDeadline();
        Assert.Equal("client namespace disconnect", await peer.DisconnectReasonAsync(id));
        await trace.UntilAsync(4);
        Assert.Equal(["connect", "disconnect: forced close", "connect", "disconnect: io client disconnect"], trace.Lines);
    }

    // Something is missed meanwhile, which only a recovered session gets.
    private static async Task LoseAsync(Peer peer, ClientSocket socket, Trace trace, bool recovers)
    {
        var (room, id) = (Guid.NewGuid().ToString(), socket.Id!);
        var news = socket.Watch<string>("news");
        await socket.EmitArgumentsWithAckAsync("join", [room]).WithDeadline();
        await peer.EmitAsync(socket.Namespace, room, "news", "heard");
        await news.UntilAsync("heard");
        socket.Manager.Engine!.Close();
        await peer.DisconnectReasonAsync(id);
        await trace.UntilAsync("disconnect: forced close");
        await peer.EmitAsync(socket.Namespace, room, "news", "missed");
        await socket.ConnectAsync().WithDeadline();
        Assert.Equal((recovers, recovers), (socket.Recovered, id == socket.Id));
        if (recovers) await news.UntilAsync("missed");
        Assert.Equal(socket.Id, await socket.EmitWithAckAsync<string>("id").WithDeadline());
        Assert.Equal(recovers ? ["heard", "missed"] : ["heard"], news.Lines);
    }

    public sealed class OnNode(PeerPool pool) : MatrixTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : MatrixTests(PeerKind.DotNet, pool);
}
