using EngineIO;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Matrix;

/// <summary>Servers of version 2, which speak revision 3 of Engine.IO: the official one, and ours where it allows that.</summary>
public abstract class RevisionThreeTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    public static TheoryData<string, string> Rows =>
    [
        .. from transports in (string[])["polling", "websocket", "polling,websocket"]
           from ns in (string[])["/", "/foo", "/dynamic-7"]
           select (transports, ns),
    ];

    protected override PeerOptions Options { get; } = new() { Version = 2, PingInterval = 100, PingTimeout = 5000 };

    [Theory, MemberData(nameof(Rows))]
    public async Task Row(string transports, string ns)
    {
        var socket = NewSocket(ns, options =>
        {
            options.Revision = EngineRevision.V3;
            options.Transports = transports.Split(',');
        });
        var trace = socket.Watch();
        await Everything.ConnectAndEmitAsync(socket, transports.Split(',')[^1]);
        Assert.Equal(socket.Id, await socket.EmitWithAckAsync<string>("id").WithDeadline());
        socket.Manager.Engine!.Close();
        await trace.UntilAsync("connect", 2);
        await Everything.EmitAsync(socket);
        string id = socket.Id!;
        await socket.DisconnectAsync().WithDeadline();
        Assert.Equal("client namespace disconnect", await Peer.DisconnectReasonAsync(id));
        await trace.UntilAsync(4);
        Assert.Equal(["connect", "disconnect: forced close", "connect", "disconnect: io client disconnect"], trace.Lines);
    }

    [Fact]
    public async Task TheClientPings()
    {
        var socket = await ConnectAsync(configure: options => options.Revision = EngineRevision.V3);
        var beats = new Trace();
        socket.Manager.Engine!.Heartbeat += () => beats.Add("beat");
        await beats.UntilAsync("beat", 3);
        Assert.True(socket.Connected);
    }

    [Fact, Trait("Spec", "CLI-ERR-02")]
    public async Task ARefusalIsAConnectError()
    {
        var socket = NewSocket("/no", options => options.Revision = EngineRevision.V3);
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal((ConnectErrorKind.Refused, "Auth failed (custom namespace)", false), (error.Kind, error.Message, socket.Active));
    }

    [Fact, Trait("Spec", "CLI-ERR-02")]
    public async Task ARefusalOfTheMainNamespaceIsAConnectErrorToo()
    {
        var socket = NewSocket(configure: options =>
        {
            options.Revision = EngineRevision.V3;
            options.Query["fail"] = "1";
        });
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal("Auth failed (main namespace)", error.Message);
    }

    public sealed class OnNode(PeerPool pool) : RevisionThreeTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : RevisionThreeTests(PeerKind.DotNet, pool);
}
