using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;

namespace Cli.Doctor;

// From the name of the host to a connection that nobody reads.
internal sealed partial class Examination
{
    private bool IsSecure => settings.Url.Scheme == "https";

    private string Host => settings.Url.IdnHost.Trim('[', ']');

    private async Task<Finding?> ResolveAsync(CancellationToken cancellationToken)
    {
        if (IPAddress.TryParse(Host, out _)) return null;
        try
        {
            var addresses = await Dns.GetHostAddressesAsync(Host, cancellationToken);
            return new($"{Host} is {string.Join(", ", addresses.Select(static address => address.ToString()))}");
        }
        catch (SocketException error)
        {
            return new($"the name {Host} cannot be resolved ({error.Message.TrimEnd('.')})", "check the spelling, and the DNS of this machine", IsFatal: true);
        }
    }

    private async Task<Finding?> ReachAsync(CancellationToken cancellationToken)
    {
        var port = settings.Url.Port;
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(Host, port, cancellationToken);
            return new($"port {port} is open");
        }
        catch (SocketException error) when (error.SocketErrorCode == SocketError.ConnectionRefused)
        {
            return new($"nothing listens on port {port} of {Host}", "start the server, or correct the port; in a container, listen on 0.0.0.0 and publish the port", IsFatal: true);
        }
        catch (SocketException error)
        {
            return new($"port {port} of {Host} cannot be reached ({error.Message.TrimEnd('.')})", "check the network and the firewalls between here and there", IsFatal: true);
        }
        catch (OperationCanceledException)
        {
            return new($"port {port} of {Host} does not answer", "a firewall drops the packets, or the host is down", IsFatal: true);
        }
    }

    private async Task<Finding?> ExamineCertificateAsync(CancellationToken cancellationToken)
    {
        if (!IsSecure) return null;
        var faults = SslPolicyErrors.None;
        var details = "";
        var expiry = "";
        using var client = new TcpClient();
        await client.ConnectAsync(Host, settings.Url.Port, cancellationToken);
        try
        {
            await using var stream = new SslStream(client.GetStream(), leaveInnerStreamOpen: false, (_, certificate, chain, errors) =>
            {
                faults = errors;
                details = string.Join(", ", chain?.ChainStatus.Select(static status => status.Status.ToString()) ?? []);
                expiry = certificate?.GetExpirationDateString() ?? "";
                return true;
            });
            await stream.AuthenticateAsClientAsync(new SslClientAuthenticationOptions { TargetHost = Host }, cancellationToken);
            if (faults == SslPolicyErrors.None) return new($"{stream.SslProtocol}, the certificate is good until {expiry}");
        }
        catch (Exception error) when (error is AuthenticationException or IOException)
        {
            return new($"port {settings.Url.Port} speaks no TLS that we understand ({Innermost(error)})", "use http:// if it is plain HTTP, or correct the server's TLS", IsFatal: true);
        }

        // The other steps are to tell what else there is.
        _acceptsAnyCertificate = true;
        if (settings.IsInsecure) return new($"the certificate is not trusted ({faults}), which --insecure accepts");
        if (faults.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return new($"the certificate is not for {Host}", "use the host's name in the certificate, or have one made for this name");
        return details.Contains("NotTimeValid", StringComparison.Ordinal)
            ? new Finding($"the certificate is not valid at this time (until {expiry})", "renew it, and check the clock of this machine")
            : new Finding($"the certificate is not trusted ({details})", "have it signed by a known authority, with the intermediate certificates served, or give clients its root (CertificateAuthorities; in JavaScript ca)");
    }
}
