using Microsoft.Extensions.Logging.Abstractions;
using SocketIO.Client.Internal;

namespace SocketIO.Client.Tests;

/// <summary>What a URL means, and which sockets share a connection.</summary>
public sealed class AddressTests
{
    [Theory]
    [Trait("Spec", "CLI-URL-01"), Trait("Spec", "CLI-URL-02"), Trait("Spec", "CLI-URL-04"), Trait("Spec", "CLI-URL-06"), Trait("Spec", "CLI-URL-07"), Trait("Spec", "CLI-URL-10")]
    [InlineData("http://h", "/", "http://h:80/socket.io")]
    [InlineData("http://h/", "/", "http://h:80/socket.io")]
    [InlineData("https://h/order", "/order", "https://h:443/socket.io")]
    [InlineData("https://h/admin/", "/admin/", "https://h:443/socket.io")]
    [InlineData("ws://h:80/a%20b", "/a%20b", "ws://h:80/socket.io")]
    [InlineData("wss://h:3000/a/../b?x=1#f", "/a/../b", "wss://h:3000/socket.io")]
    [InlineData("http://user:secret@h/x", "/x", "http://h:80/socket.io")]
    [InlineData("http://[::1]:3000/x", "/x", "http://[::1]:3000/socket.io")]
    [InlineData("http://h?x=/y", "/", "http://h:80/socket.io")]
    [Trait("Behaviour", "socket.io-client/test/url.ts:56")]
    [Trait("Behaviour", "socket.io-client/test/url.ts:65")]
    public void TheNamespaceIsThePath(string url, string ns, string key)
    {
        var address = ServerAddress.Parse(url, NullLogger.Instance);
        Assert.Equal(ns, address.Namespace);
        Assert.Equal(key, address.KeyOf("/socket.io"));
    }

    [Theory, Trait("Spec", "CLI-URL-08"), Trait("Spec", "CLI-URL-09")]
    [InlineData("/order", "no absolute URL")]
    [InlineData("example.com", "no absolute URL")]
    [InlineData("localhost:3000", "no absolute URL")]
    [InlineData("ftp://h", "no absolute URL")]
    [InlineData("http://", "names no host")]
    [InlineData("http:///x", "names no host")]
    public void WhatIsNoAddressIsRefused(string url, string message) =>
        Assert.Contains(message, Assert.Throws<ArgumentException>(() => SocketIOClient.Socket(url)).Message, StringComparison.Ordinal);

    [Fact, Trait("Spec", "CLI-URL-09")]
    public void ALongAddressIsRefused() =>
        Assert.StartsWith("URI too long", Assert.Throws<ArgumentException>(() => SocketIOClient.Socket("http://h/" + new string('a', 8000))).Message, StringComparison.Ordinal);

    [Fact, Trait("Spec", "CLI-MUX-01"), Trait("Spec", "CLI-MUX-03"), Trait("Spec", "CLI-MUX-04"), Trait("Spec", "CLI-OPT-01"), Trait("Spec", "CLI-NET-02")]
    [Trait("Behaviour", "socket.io-client/test/url.ts:45")]
    [Trait("Behaviour", "socket.io-client/test/url.ts:86")]
    public async Task SocketsOfOneServerShareAManager()
    {
        await using var factory = new SocketIOClientFactory();
        var main = factory.Socket("http://h");
        Assert.Same(main.Manager, factory.Socket("http://h:80/admin").Manager);
        Assert.NotSame(main.Manager, factory.Socket("http://h").Manager);
        Assert.NotSame(main.Manager, factory.Socket("ws://h/chat").Manager);
        Assert.NotSame(main.Manager, factory.Socket("http://h:81/chat").Manager);
        Assert.NotSame(main.Manager, factory.Socket("http://h/chat", new SocketManagerOptions { Path = "/other" }).Manager);
        Assert.NotSame(main.Manager, factory.Socket("http://h/chat", new SocketManagerOptions { ForceNew = true }).Manager);
        Assert.Same(main.Manager, factory.Socket("http://h/chat").Manager);
    }

    [Fact, Trait("Spec", "CLI-DSP-02")]
    public async Task ADisposedManagerLeavesTheCache()
    {
        await using var factory = new SocketIOClientFactory();
        var manager = factory.Socket("http://h").Manager;
        await manager.DisposeAsync();
        var next = factory.Socket("http://h").Manager;
        Assert.NotSame(manager, next);
        Assert.Throws<ObjectDisposedException>(() => manager.Socket("/x"));
        Assert.Same(next, factory.Socket("http://h/x").Manager);
    }
}
