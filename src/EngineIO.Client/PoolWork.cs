namespace EngineIO.Client;

/// <summary>Runs things on a thread of the pool, free of the caller's stack, locks and execution context.</summary>
internal static class PoolWork
{
    public static void Run<T>(Action<T> action, T state)
        where T : class
    {
#if NETSTANDARD2_0
        ThreadPool.UnsafeQueueUserWorkItem(_ => action(state), null);
#else
        ThreadPool.UnsafeQueueUserWorkItem(action, state, preferLocal: false);
#endif
    }
}
