using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>Whom the client trusts, and how it proves itself, the same for both transports.</summary>
public sealed class TlsTests
{
    public static TheoryData<string> Transports => ["polling", "websocket", "polling+websocket"];

    [Theory]
    [Trait("Spec", "CLI-TLS-01")]
    [InlineData("polling", "xhr poll error")]
    [InlineData("websocket", "websocket error")]
    public async Task Unknown_certificate_is_refused(string transport, string message)
    {
        using var certificate = Certificate("localhost");
        var (server, address) = await StartAsync(certificate);
        await using var _ = server;
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(address, new EngineClientOptions { Transports = [transport] }));

        Assert.Equal(message, error.Message);
        Assert.Contains("certificate", error.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [Trait("Spec", "CLI-TLS-02")]
    [MemberData(nameof(Transports))]
    public async Task Any_certificate_is_accepted_on_request_and_that_is_logged(string transports)
    {
        using var certificate = Certificate("elsewhere");
        var (server, address) = await StartAsync(certificate);
        await using var _ = server;
        using var factory = new LoggerFactory();
        using var log = new LogRecorder(LogLevel.Warning);
        factory.AddProvider(log);
        await ConnectAndEchoAsync(address, transports, new() { DangerousAcceptAnyServerCertificate = true, LoggerFactory = factory });

        Assert.Contains("DangerousAcceptAnyServerCertificate", Assert.Single(log.Entries).Message, StringComparison.Ordinal);
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-46")]
    [Trait("Spec", "CLI-TLS-03")]
    [MemberData(nameof(Transports))]
    public async Task Authorities_replace_the_systems(string transports)
    {
        using var certificate = Certificate("localhost");
        using var other = Certificate("localhost");
        using var elsewhere = Certificate("elsewhere");
        var (server, address) = await StartAsync(certificate);
        await using var _ = server;
        await ConnectAndEchoAsync(address, transports, new() { CertificateAuthorities = [certificate] });
        await Assert.ThrowsAsync<EngineClientException>(() => ConnectAndEchoAsync(address, transports, new() { CertificateAuthorities = [other] }));

        var (misnamed, misnamedAddress) = await StartAsync(elsewhere);
        await using var _1 = misnamed;
        await Assert.ThrowsAsync<EngineClientException>(() => ConnectAndEchoAsync(misnamedAddress, transports, new() { CertificateAuthorities = [elsewhere] }));
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-46")]
    [Trait("Spec", "CLI-NET-08")]
    [Trait("Spec", "CLI-TLS-04")]
    [Trait("Spec", "CLI-TLS-06")]
    [MemberData(nameof(Transports))]
    public async Task Client_proves_itself_and_asks_its_callback(string transports)
    {
        using var certificate = Certificate("localhost");
        using var own = Certificate("me");
        var (server, address) = await StartAsync(certificate, https =>
        {
            https.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
            https.ClientCertificateValidation = (presented, _, _) => presented.Thumbprint == own.Thumbprint;
        });
        await using var _ = server;
        int asked = 0;
        await ConnectAndEchoAsync(address, transports, new()
        {
            ClientCertificates = [own],
            ServerCertificateValidationCallback = (_, presented, _, _) => Interlocked.Increment(ref asked) > 0 && presented!.GetCertHashString() == certificate.GetCertHashString(),
        });

        Assert.True(asked > 0);
        await Assert.ThrowsAsync<EngineClientException>(() => ConnectAndEchoAsync(address, transports, new() { DangerousAcceptAnyServerCertificate = true }));
    }

    [Theory]
    [Trait("Spec", "CLI-OPT-46")]
    [Trait("Spec", "CLI-NET-08")]
    [Trait("Spec", "CLI-TLS-07")]
    [Trait("Spec", "CLI-DSP-06")]
    [MemberData(nameof(Transports))]
    public async Task Own_handler_serves_both_transports_and_stays(string transports)
    {
        using var certificate = Certificate("elsewhere");
        var (server, address) = await StartAsync(certificate);
        await using var _ = server;
        using var handler = new SocketsHttpHandler();
        handler.SslOptions.RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.GetCertHashString() == certificate.GetCertHashString();
        await ConnectAndEchoAsync(address, transports, new() { HttpHandler = handler });
        await ConnectAndEchoAsync(address, transports, new() { HttpHandler = handler });
    }

    private static async Task ConnectAndEchoAsync(Uri address, string transports, EngineClientOptions options)
    {
        options.Transports = transports.Split('+');
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(address, recorder, options);
        if (options.Transports.Count > 1) await Deadline.UntilAsync(() => engine.TransportName == "websocket", "the upgrade");
        engine.Enqueue(EngineFrame.Message("x"));
        Assert.Equal("x", await recorder.NextAsync());
    }

    private static async Task<(WebServer Server, Uri Address)> StartAsync(X509Certificate2 certificate, Action<HttpsConnectionAdapterOptions>? configure = null)
    {
        int port = Ports.Free();
        var server = await WebServer.StartAsync(
            builder =>
            {
                builder.WebHost.UseKestrelHttpsConfiguration();
                builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, port, listen => listen.UseHttps(certificate, https => configure?.Invoke(https))));
                builder.Services.AddEngineIO();
            },
            app => EchoServer.Map(app));
        return (server, new Uri($"https://localhost:{port}"));
    }

    private static X509Certificate2 Certificate(string host)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={host}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(host);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, false, 0, critical: true));
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(certificate.Export(X509ContentType.Pkcs12), null);
    }
}
