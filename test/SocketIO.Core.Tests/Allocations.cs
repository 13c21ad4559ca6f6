namespace SocketIO.Core.Tests;

internal static class Allocations
{
    private const int Calls = 100;

    /// <summary>The bytes that a call allocates on this thread, once everything that is made only once is made.</summary>
    internal static long PerCall(Action action)
    {
#if DEBUG
        Assert.Skip("Code that is not optimised allocates.");
#endif
        Count(action);
        return Count(action) / Calls;
    }

    private static long Count(Action action)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Calls; i++) action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}
