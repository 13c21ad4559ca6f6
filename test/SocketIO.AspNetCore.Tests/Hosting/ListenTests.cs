using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Hosting;

/// <summary>A server that listens by itself, without a host of the application's.</summary>
public sealed class ListenTests
{
    [Fact, Trait("Spec", "SRV-NET-02"), Trait("Spec", "SRV-ATT-01"), Trait("Spec", "SRV-ATT-03")]
    [Trait("Behaviour", "socket.io/test/server-attachment.ts:225"), Trait("Behaviour", "socket.io/test/server-attachment.ts:235"), Trait("Behaviour", "socket.io/test/server-attachment.ts:243")]
    public async Task PortZeroIsAFreePortAndOtherPathsAreNotFound()
    {
        await using var io = new SocketIOServer();
        io.OnConnection(socket => socket.On<string>("echo", text => socket.EmitAsync("echo", text)));
        var endPoint = await io.ListenAsync(0, cancellationToken: TestContext.Current.CancellationToken);
        Assert.InRange(endPoint.Port, 1, IPEndPoint.MaxPort);
        var address = new Uri($"http://127.0.0.1:{endPoint.Port}");

        await using var client = await SocketClient.OpenAsync(address, "/socket.io/");
        await EchoAsync(client);
        Assert.Equal(404, (await RawHttp.GetAsync(address, "/")).Status);
        Assert.Equal(200, (await RawHttp.GetAsync(address, "/socket.io/socket.io.js")).Status);
    }

    [Fact, Trait("Spec", "SRV-ATT-01")]
    public async Task OptionsAndAnAddressMayBeGiven()
    {
        await using var io = new SocketIOServer(new() { Path = "/chat", PingInterval = TimeSpan.FromSeconds(7) });
        var endPoint = await io.ListenAsync(new IPEndPoint(IPAddress.Loopback, 0), cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(IPAddress.Loopback, endPoint.Address);
        await using var client = await SocketClient.OpenAsync(new Uri($"http://{endPoint}"), "/chat/");
        Assert.Equal(7000, client.Handshake.GetProperty("pingInterval").GetInt32());
    }

    [Fact]
    public async Task ThePortMaySpeakTls()
    {
        using var key = RSA.Create(2048);
        using var certificate = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        await using var io = new SocketIOServer();
        var endPoint = await io.ListenAsync(0, listen => listen.UseHttps(certificate), TestContext.Current.CancellationToken);
        using var handler = new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true };
        using var http = new HttpClient(handler);
        string open = await http.GetStringAsync(new Uri($"https://localhost:{endPoint.Port}/socket.io/?EIO=4&transport=polling")).WithDeadline();
        Assert.StartsWith("0{", open, StringComparison.Ordinal);
        Assert.True(Assert.Single(io.Engine.Sessions).Handshake.IsSecure);
    }

    [Fact, Trait("Spec", "SRV-CLOSE-01"), Trait("Spec", "SRV-CLOSE-04"), Trait("Behaviour", "socket.io/test/close.ts:44")]
    public async Task ClosingEndsTheClientsAndFreesThePortInUnderASecond()
    {
        var trace = new Trace();
        await using var io = new SocketIOServer();
        io.OnConnection(socket => socket.OnDisconnected(info => trace.Add(info.Reason)));
        var endPoint = await io.ListenAsync(0, cancellationToken: TestContext.Current.CancellationToken);
        var address = new Uri($"http://127.0.0.1:{endPoint.Port}");
        // None of them does anything about its end: a WebSocket, a pending poll, an idle connection.
        await using var client = await SocketClient.OpenAsync(address, "/socket.io/");
        await client.SendAsync("40");
        await client.ReceiveTextAsync();
        await using var polling = await PollingClient.OpenAsync(address, "/socket.io/");
        var poll = await polling.BeginGetAsync();
        await using var idle = await WireConnection.ConnectAsync(address, TestContext.Current.CancellationToken);
        await Deadline.UntilAsync(() => io.Engine.Sessions.Count(session => session.IsWritable) == 2 && io.Sockets.Sockets.Count == 1, "the poll to wait");

        long start = Stopwatch.GetTimestamp();
        await io.CloseAsync(TestContext.Current.CancellationToken);
        Assert.InRange(Stopwatch.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.Equal(["server shutting down"], trace.Lines);
        Assert.Empty(io.Sockets.Sockets);
        Assert.Equal("1", (await poll).Text);

        await using var next = new SocketIOServer();
        Assert.Equal(endPoint.Port, (await next.ListenAsync(endPoint.Port, cancellationToken: TestContext.Current.CancellationToken)).Port);
    }

    [Fact]
    public async Task APortInUseIsSaidAndAnotherMayBeTried()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        int port = ((IPEndPoint)other.LocalEndpoint).Port;
        await using var io = new SocketIOServer();
        var error = await Assert.ThrowsAsync<IOException>(() => io.ListenAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains($"127.0.0.1:{port}: address already in use", error.Message, StringComparison.Ordinal);
        await io.ListenAsync(0, cancellationToken: TestContext.Current.CancellationToken);

        await Assert.ThrowsAsync<InvalidOperationException>(() => io.ListenAsync(0, cancellationToken: TestContext.Current.CancellationToken));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => io.ListenAsync(65_536, cancellationToken: TestContext.Current.CancellationToken));
    }

    [Fact, Trait("Spec", "SRV-CLOSE-03"), Trait("Behaviour", "socket.io/test/close.ts:85")]
    public async Task AServerThatNeverListenedClosesAndStaysClosed()
    {
        var io = new SocketIOServer();
        await io.CloseAsync(TestContext.Current.CancellationToken);
        await io.DisposeAsync();
        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => io.ListenAsync(0, cancellationToken: TestContext.Current.CancellationToken));
        Assert.Contains("closed", error.Message, StringComparison.Ordinal);
    }

    [Theory, InlineData(true), InlineData(false), Trait("Spec", "SRV-NET-02")]
    public async Task ARunLastsUntilTheTokenOrTheEndOfTheServer(bool byToken)
    {
        using var stop = new CancellationTokenSource();
        await using var io = new SocketIOServer();
        var run = io.RunAsync(0, cancellationToken: stop.Token);
        await Deadline.UntilAsync(() => io.EndPoint is not null, "the server to listen");
        await using var client = await SocketClient.OpenAsync(new Uri($"http://127.0.0.1:{io.EndPoint!.Port}"), "/socket.io/");
        Assert.False(run.IsCompleted);
        if (byToken) await stop.CancelAsync();
        else await io.CloseAsync(TestContext.Current.CancellationToken);
        await run.WithDeadline("the run to end", TimeSpan.FromSeconds(1));
        Assert.True((await client.ReceiveEndAsync()).IsEnd);
    }

    private static async Task EchoAsync(SocketClient client)
    {
        await client.SendAsync("40");
        Assert.StartsWith("40{", await client.ReceiveTextAsync());
        await client.SendAsync("42[\"echo\",\"hi\"]");
        Assert.Equal("42[\"echo\",\"hi\"]", await client.ReceiveTextAsync());
    }
}
