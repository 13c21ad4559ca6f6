using System.Security.Cryptography.X509Certificates;
using SocketIO.Client.Tests.Peers;
using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>Servers with certificates that nobody knows, over each transport and through an upgrade.</summary>
public abstract class CertificateTests(PeerKind kind, PeerPool pool, Certificates certificates) : PeerTest(kind, pool), IClassFixture<Certificates>
{
    protected override PeerOptions Options { get; } = new() { Certificate = certificates.Server };

    public static TheoryData<string> Transports => ["polling", "websocket", "polling,websocket"];

    [Theory, MemberData(nameof(Transports)), Trait("Spec", "CLI-SCN-11"), Trait("Spec", "CLI-TRB-02"), Trait("Spec", "CLI-TLS-02")]
    public async Task AnyCertificateIsAcceptedWhereTheApplicationSaysSo(string transports) =>
        await WorksAsync(transports, options => options.DangerousAcceptAnyServerCertificate = true);

    [Theory, MemberData(nameof(Transports)), Trait("Spec", "CLI-SCN-11"), Trait("Spec", "CLI-TRB-03"), Trait("Spec", "CLI-TLS-03")]
    public async Task ACertificateIsAcceptedWhereItIsTheAuthority(string transports) =>
        await WorksAsync(transports, options => options.CertificateAuthorities = new X509Certificate2Collection(certificates.Server.Certificate));

    [Theory, Trait("Spec", "CLI-SCN-11"), Trait("Spec", "CLI-TLS-01"), Trait("Spec", "CLI-TRB-02")]
    [InlineData("polling", "xhr poll error")]
    [InlineData("websocket", "websocket error")]
    public async Task AnUnknownCertificateIsAConnectErrorThatSaysSo(string transport, string message) =>
        await FailsAsync(transport, message, _ => { });

    [Theory, Trait("Spec", "CLI-TLS-03")]
    [InlineData("polling", "xhr poll error")]
    [InlineData("websocket", "websocket error")]
    public async Task AnotherAuthorityIsAConnectError(string transport, string message) =>
        await FailsAsync(transport, message, options => options.CertificateAuthorities = new X509Certificate2Collection(certificates.Client.Certificate));

    [Theory, MemberData(nameof(Transports)), Trait("Spec", "CLI-TLS-03"), Trait("Spec", "CLI-TLS-06")]
    public async Task ACertificateForAnotherHostIsAConnectError(string transports)
    {
        var peer = await SharedPeerAsync(new() { Certificate = certificates.OtherHost });
        await FailsAsync(
            transports,
            transports == "websocket" ? "websocket error" : "xhr poll error",
            options => options.CertificateAuthorities = new X509Certificate2Collection(certificates.OtherHost.Certificate),
            peer.Address);
    }

    [Theory, MemberData(nameof(Transports)), Trait("Spec", "CLI-TLS-04"), Trait("Spec", "CLI-OPT-46"), Trait("Spec", "CLI-NET-08")]
    public async Task AClientShowsItsCertificate(string transports)
    {
        var peer = await SharedPeerAsync(new() { Certificate = certificates.Server, ClientAuthority = certificates.Client });
        await WorksAsync(
            transports,
            options =>
            {
                options.CertificateAuthorities = new X509Certificate2Collection(certificates.Server.Certificate);
                options.ClientCertificates = new X509Certificate2Collection(certificates.Client.Certificate);
            },
            peer.Address);
    }

    private async Task WorksAsync(string transports, Action<SocketManagerOptions> configure, Uri? address = null)
    {
        var socket = await ConnectAsync(configure: options => Configure(options, transports, configure), address: address);
        await Deadline.UntilAsync(() => socket.Manager.Engine!.TransportName == transports.Split(',')[^1], "the upgrade");
        Assert.Equal("hi", await socket.EmitWithAckAsync<string>("echo", "hi").WithDeadline());
    }

    private async Task FailsAsync(string transports, string message, Action<SocketManagerOptions> configure, Uri? address = null)
    {
        var socket = NewSocket(configure: options => Configure(options, transports, configure), address: address);
        var error = await Assert.ThrowsAsync<SocketConnectException>(() => socket.ConnectAsync().WithDeadline());
        Assert.Equal((message, ConnectErrorKind.Transport), (error.Message, error.Kind));
        Assert.Contains("certificate", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private static void Configure(SocketManagerOptions options, string transports, Action<SocketManagerOptions> configure)
    {
        options.Transports = transports.Split(',');
        options.Reconnection = false;
        configure(options);
    }

    public sealed class OnNode(PeerPool pool, Certificates certificates) : CertificateTests(PeerKind.Official, pool, certificates);

    public sealed class OnDotNet(PeerPool pool, Certificates certificates) : CertificateTests(PeerKind.DotNet, pool, certificates);
}
