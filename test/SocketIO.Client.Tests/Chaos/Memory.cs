using System.Diagnostics;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>What is alive after full collections; finalizers, which report unobserved exceptions, have run.</summary>
internal static class Memory
{
    public static async Task<long> CollectAsync()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
            // What a timer or a running task still holds goes with it.
            await Task.Delay(50);
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }

    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        long start = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20)) throw new TimeoutException($"Waited in vain: {what}.");
            await CollectAsync();
        }
    }
}
