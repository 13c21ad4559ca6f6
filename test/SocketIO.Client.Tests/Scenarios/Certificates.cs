using TestKit;

namespace SocketIO.Client.Tests.Scenarios;

/// <summary>The certificates of a test class.</summary>
public sealed class Certificates : IDisposable
{
    public TestCertificate Server { get; } = new();

    public TestCertificate OtherHost { get; } = new("elsewhere.example");

    public TestCertificate Client { get; } = new("a client");

    public void Dispose()
    {
        Server.Dispose();
        OtherHost.Dispose();
        Client.Dispose();
    }
}
