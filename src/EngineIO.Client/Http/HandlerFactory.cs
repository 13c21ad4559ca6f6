#if !NETSTANDARD2_0
using System.Diagnostics.CodeAnalysis;
#endif
using System.Net;
#if !NETSTANDARD2_0
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
#endif

namespace EngineIO.Client.Http;

/// <summary>Makes the handler of a session's requests. Redirects and cookies are not its business (<see cref="RequestSender"/>).</summary>
internal static class HandlerFactory
{
#if NETSTANDARD2_0
    public static HttpMessageHandler Create(EngineClientOptions options)
    {
        var handler = new HttpClientHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.UseProxy,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        if (options.Proxy is not null) handler.Proxy = options.Proxy;
        if (options.ClientCertificates is { } certificates)
        {
            handler.ClientCertificateOptions = ClientCertificateOption.Manual;
            handler.ClientCertificates.AddRange(certificates);
        }

        if (options.DangerousAcceptAnyServerCertificate) handler.ServerCertificateCustomValidationCallback = static (_, _, _, _) => true;
        else if (options.ServerCertificateValidationCallback is { } validate)
            handler.ServerCertificateCustomValidationCallback = (request, certificate, chain, errors) => validate(request, certificate, chain, errors);
        return handler;
    }
#else
    [SuppressMessage("Security", "CA5359:Do Not Disable Certificate Validation", Justification = "Only where the application asks for it, by an option that says so.")]
    public static HttpMessageHandler Create(EngineClientOptions options)
    {
        if (OperatingSystem.IsBrowser()) return new HttpClientHandler();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.UseProxy,
            Proxy = options.Proxy,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        };
        var tls = handler.SslOptions;
        if (options.ClientCertificates is { Count: > 0 } certificates) tls.ClientCertificates = certificates;
        if (options.DangerousAcceptAnyServerCertificate) tls.RemoteCertificateValidationCallback = AcceptAny;
        else tls.RemoteCertificateValidationCallback = options.ServerCertificateValidationCallback;
        if (options.CertificateAuthorities is { } authorities) tls.CertificateChainPolicy = Trust(authorities);
        return handler;
    }

    private static bool AcceptAny(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors) => true;

    private static X509ChainPolicy Trust(X509Certificate2Collection authorities)
    {
        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(authorities);
        return policy;
    }
#endif
}
