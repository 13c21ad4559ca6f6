using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Behaviours;

/// <summary>The official client's own tests of its catch-all listeners.</summary>
public abstract class CatchAllTests(PeerKind kind, PeerPool pool) : PeerTest(kind, pool)
{
    [Fact, Trait("Spec", "CLI-RECV-04")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:427"), Trait("Behaviour", "socket.io-client/test/socket.ts:442"), Trait("Behaviour", "socket.io-client/test/socket.ts:464")]
    public async Task SeeWhatComesBeforeItsHandlers()
    {
        var socket = NewSocket();
        var trace = new Trace();
        socket.On<string>("news", _ => trace.Add("handler"));
        socket.OnAny(args => trace.Add($"any {args.Name} {args.Get<string>(0)}"));
        socket.PrependAny(_ => trace.Add("prepended"));
        socket.PrependAny(_ => trace.Add("prepended last"));
        var removed = socket.OnAny(_ => trace.Add("never"));
        removed.Dispose();
        Action<EventArguments> other = _ => trace.Add("never");
        socket.OnAny(other);
        Assert.True(socket.OffAny(other));
        Assert.Equal(3, socket.AnyHandlers.Count);
        socket.Connect();
        socket.Emit("say", "news", "x");
        await trace.UntilAsync("handler");
        Assert.Equal(["prepended last", "prepended", "any news x", "handler"], trace.Lines);
    }

    [Fact, Trait("Spec", "CLI-RECV-05")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:486"), Trait("Behaviour", "socket.io-client/test/socket.ts:505")]
    [Trait("Behaviour", "socket.io-client/test/socket.ts:524"), Trait("Behaviour", "socket.io-client/test/socket.ts:550")]
    public async Task SeeWhatGoesOutWithItsBytes()
    {
        var socket = NewSocket();
        var trace = new Trace();
        socket.OnAnyOutgoing(args => trace.Add($"any {args.Name} {Convert.ToHexString(args.Get<byte[]>(0)!)}"));
        socket.PrependAnyOutgoing(_ => trace.Add("prepended"));
        socket.PrependAnyOutgoing(_ => trace.Add("prepended last"));
        Action<EventArguments> removed = _ => trace.Add("never");
        socket.OnAnyOutgoing(removed);
        Assert.True(socket.OffAnyOutgoing(removed));
        Assert.Equal(3, socket.AnyOutgoingHandlers.Count);
        socket.Emit("my-event", new byte[] { 1, 2, 3 });
        Assert.Empty(trace.Lines);
        await socket.ConnectAsync().WithDeadline();
        await trace.UntilAsync("any my-event 010203");
        socket.Emit("my-event", new byte[] { 4 });
        await trace.UntilAsync("any my-event 04");
        Assert.Equal(["prepended last", "prepended", "any my-event 010203", "prepended last", "prepended", "any my-event 04"], trace.Lines);
    }

    public sealed class OnNode(PeerPool pool) : CatchAllTests(PeerKind.Official, pool);

    public sealed class OnDotNet(PeerPool pool) : CatchAllTests(PeerKind.DotNet, pool);
}
