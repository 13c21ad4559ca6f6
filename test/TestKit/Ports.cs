using System.Net;
using System.Net.Sockets;

namespace TestKit;

/// <summary>Ports for servers that stop and start again at the same address.</summary>
public static class Ports
{
    // Below the ports that systems hand out to clients: a client that knocks where nobody listens cannot take the port, nor reach itself.
    private const int First = 12_000;
    private const int End = 32_000;

    private static int s_last = Random.Shared.Next(First, End);

    /// <summary>A port of 127.0.0.1 on which nobody listens.</summary>
    public static int Free()
    {
        using var listener = Listen();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>A listener on such a port: no other process can come first.</summary>
    public static TcpListener Listen()
    {
        while (true)
        {
            var listener = new TcpListener(IPAddress.Loopback, First + (Interlocked.Increment(ref s_last) % (End - First)));
            try
            {
                listener.Start();
                return listener;
            }
            catch (SocketException)
            {
                // Somebody else's: the next one.
            }
        }
    }

    /// <summary>An address at which nobody listens.</summary>
    public static Uri Nowhere(string scheme = "http") => new($"{scheme}://127.0.0.1:{Free()}");
}
