using System.Runtime.CompilerServices;
using SocketIO.Client.Tests.Chaos;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>What <see cref="SocketIOClient"/> keeps of the managers that nobody disposes of.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class CacheTests
{
    [Theory, Trait("Spec", "CLI-ROB-03"), Trait("Spec", "CLI-DSP-02")]
    [InlineData("force new"), InlineData("same namespace"), InlineData("disposed socket"), InlineData("never connected")]
    public async Task AManagerThatIsClosedAndForgottenIsCollected(string kind)
    {
        await using var server = new FakeServer(_ => []);
        // Keeps the cache's place for the server.
        var first = SocketIOClient.Socket($"{server.Address}");
        var managers = await UseAsync($"{server.Address}", kind);
        await Memory.UntilAsync(() => !managers.Any(static manager => manager.IsAlive), "the managers to be collected");
        Assert.Same(first.Manager, SocketIOClient.Socket($"{server.Address}other").Manager);
        await first.Manager.DisposeAsync();
    }

    [Fact, Trait("Spec", "CLI-DSP-02")]
    public async Task ANewSocketOfAServerThatWasLeftHasItsOwnOptions()
    {
        await using var server = new FakeServer(_ => []);
        var url = $"{server.Address}";
        var first = SocketIOClient.Connect(url, Options());
        await first.ConnectAsync().WithDeadline();
        // A closed one is shared still: its socket may connect again.
        first.Disconnect();
        var second = SocketIOClient.Socket($"{url}b", Options());
        Assert.Same(first.Manager, second.Manager);
        await first.DisposeAsync();
        Assert.Same(first.Manager, SocketIOClient.Socket($"{url}c").Manager);
        await first.Manager.DisposeAsync();
        await using var third = SocketIOClient.Socket(url, Options()).Manager;
        Assert.NotSame(first.Manager, third);

        await third.Socket().DisposeAsync();
        var fourth = SocketIOClient.Socket(url, Options());
        Assert.NotSame(third, fourth.Manager);
        await fourth.ConnectAsync().WithDeadline();
        await fourth.Manager.DisposeAsync();
    }

    [Fact, Trait("Spec", "CLI-DSP-02")]
    public async Task AManagerThatIsBeingDisposedOfIsNotHandedOut()
    {
        await using var server = new FakeServer(_ => []);
        await using var factory = new SocketIOClientFactory(Options);
        var first = factory.Socket($"{server.Address}");
        using var release = new ManualResetEventSlim();
        first.OnDisconnected(_ => release.Wait());
        await first.ConnectAsync().WithDeadline();
        var disposal = first.Manager.DisposeAsync().AsTask();
        var second = factory.Socket($"{server.Address}");
        Assert.NotSame(first.Manager, second.Manager);
        await second.ConnectAsync().WithDeadline();
        release.Set();
        await disposal.WithDeadline();
    }

    [Fact, Trait("Spec", "CLI-DSP-02")]
    public async Task AFactoryDisposesOfWhatIsConnected()
    {
        await using var server = await Server.StartAsync();
        var factory = new SocketIOClientFactory(() => new SocketManagerOptions { Transports = ["websocket"], ForceNew = true });
        await ConnectAsync(factory, server.Address);
        await Memory.CollectAsync();
        Assert.Equal(40, server.Io.Engine.Sessions.Count());
        await factory.DisposeAsync().AsTask().WithDeadline();
        await Deadline.UntilAsync(() => !server.Io.Engine.Sessions.Any(), "the end of the connections");

        [MethodImpl(MethodImplOptions.NoInlining)]
        static Task ConnectAsync(SocketIOClientFactory factory, Uri address) =>
            Task.WhenAll(Enumerable.Range(0, 40).Select(_ => factory.Socket($"{address}").ConnectAsync())).WithDeadline();
    }

    private static SocketManagerOptions Options() => new() { Transports = ["websocket"] };

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> UseAsync(string url, string kind)
    {
        var managers = new WeakReference[20];
        for (var i = 0; i < managers.Length; i++)
        {
            var options = Options();
            options.ForceNew = kind != "same namespace";
            var socket = SocketIOClient.Socket(url, options);
            managers[i] = new WeakReference(socket.Manager);
            if (kind == "never connected") continue;
            await socket.ConnectAsync().WithDeadline();
            if (kind == "disposed socket") await socket.DisposeAsync();
            else socket.Disconnect();
        }

        return managers;
    }
}
