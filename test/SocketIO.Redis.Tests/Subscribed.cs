using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Redis.Tests;

internal static class Subscribed
{
    /// <summary>Waits until a server counts so many of the cluster, itself included.</summary>
    public static async Task UntilAsync(ServerNamespace ns, int servers)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (await ns.Adapter.GetServerCountAsync() != servers)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(start) < Deadline.Default, $"{ns.Name} has no {servers} servers");
            await Task.Delay(2);
        }
    }
}
