using System.Net.Security;
using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Hosting;

/// <summary>TLS with certificates of both sides: the host's work, and the session knows of it.</summary>
public sealed class TlsTests : IAsyncDisposable
{
    private readonly X509Certificate2 _authority = Create("CN=authority", null);
    private readonly X509Certificate2 _server;
    private readonly X509Certificate2 _client;
    private readonly TaskCompletionSource _requestEnded = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private WebServer? _web;
    private EngineServer _engine = null!;

    public TlsTests() => (_server, _client) = (Create("CN=localhost", _authority), Create("CN=client", _authority));

    public async ValueTask DisposeAsync()
    {
        if (_web is not null) await _web.DisposeAsync();
        foreach (var certificate in (X509Certificate2[])[_authority, _server, _client]) certificate.Dispose();
    }

    [Theory]
    [InlineData(ClientCertificateMode.RequireCertificate)]
    [InlineData(ClientCertificateMode.AllowCertificate)]
    [Trait("Spec", "SRV-SOCK-02")]
    [Trait("Behaviour", "engine.io/test/server.js:2352")]
    [Trait("Behaviour", "engine.io/test/server.js:2399")]
    [Trait("Behaviour", "engine.io/test/server.js:2491")]
    public async Task Polling(ClientCertificateMode mode)
    {
        await StartAsync(mode);
        using var handler = new SocketsHttpHandler { SslOptions = OptionsOf(_client) };
        using var client = new HttpClient(handler);

        var open = await client.GetStringAsync(AddressOf("https", "polling")).WithDeadline("the handshake");

        Assert.StartsWith("0{", open, StringComparison.Ordinal);
        Assert.True(_engine.Sessions.Single().Handshake.IsSecure);
        if (mode == ClientCertificateMode.AllowCertificate) return;
        using var stranger = new HttpClient(new SocketsHttpHandler { SslOptions = OptionsOf(null) });
        await Assert.ThrowsAsync<HttpRequestException>(() => stranger.GetStringAsync(AddressOf("https", "polling")).WithDeadline("the refusal"));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("inside")]
    [InlineData("outside")]
    [Trait("Spec", "SRV-SOCK-02")]
    [Trait("Behaviour", "engine.io/test/server.js:2444")]
    [Trait("Behaviour", "engine.io/test/server.js:2537")]
    public async Task WebSockets(string? detached)
    {
        await StartAsync(ClientCertificateMode.RequireCertificate, detached);
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler { SslOptions = OptionsOf(_client) });
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(AddressOf("wss", "websocket"), invoker, default).WithDeadline("the WebSocket");
        var buffer = new byte[1000];
        var received = await socket.ReceiveAsync(buffer, default).WithDeadline("the open packet");

        Assert.StartsWith("0{", Encoding.UTF8.GetString(buffer, 0, received.Count), StringComparison.Ordinal);
        Assert.True(_engine.Sessions.Single().Handshake.IsSecure);
        // Outside of TLS the connection's own pipes are cipher text.
        if (detached == "inside") await _requestEnded.Task.WithDeadline("the request to end");
        else Assert.False(_requestEnded.Task.IsCompleted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default).WithDeadline("the close");
        await _requestEnded.Task.WithDeadline("the request to end");
        Assert.Empty(_web!.Log.Errors);
    }

    private async Task StartAsync(ClientCertificateMode mode, string? detached = null) => _web = await WebServer.StartAsync(
        builder =>
        {
            builder.Services.AddEngineIO();
            builder.WebHost.UseKestrelHttpsConfiguration();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                if (detached == "outside") listen.UseDetachedWebSockets();
                listen.UseHttps(https =>
                {
                    https.ServerCertificate = _server;
                    https.ClientCertificateMode = mode;
                    https.ClientCertificateValidation = (certificate, _, _) => certificate.Issuer == _authority.Subject;
                });
                if (detached == "inside") listen.UseDetachedWebSockets();
            }));
        },
        app =>
        {
            app.Use(async (context, next) =>
            {
                await next(context);
                _requestEnded.TrySetResult();
            });
            _engine = app.MapEngineIO();
        });

    private Uri AddressOf(string scheme, string transport)
    {
        var addresses = _web!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        var port = new Uri(addresses.Single(address => address.StartsWith("https:", StringComparison.Ordinal))).Port;
        return new($"{scheme}://localhost:{port}/engine.io/?EIO=4&transport={transport}");
    }

    private SslClientAuthenticationOptions OptionsOf(X509Certificate2? certificate) => new()
    {
        ClientCertificates = certificate is null ? null : [certificate],
        RemoteCertificateValidationCallback = (_, presented, _, _) => presented?.Issuer == _authority.Subject,
    };

    private static X509Certificate2 Create(string name, X509Certificate2? authority)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var (from, to) = (DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
        if (authority is null)
        {
            request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
            return request.CreateSelfSigned(from.AddHours(-1), to.AddHours(1));
        }

        using var signed = request.Create(authority, from, to, RandomNumberGenerator.GetBytes(8));
        return signed.CopyWithPrivateKey(key);
    }
}
