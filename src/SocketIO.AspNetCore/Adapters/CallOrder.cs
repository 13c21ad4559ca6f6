namespace SocketIO.AspNetCore.Adapters;

/// <summary>Lets what was called first be done first, though it may have more to wait for before.</summary>
/// <remarks>Thread-safe. The lock is held for the exchange of one reference.</remarks>
internal sealed class CallOrder
{
    private readonly object _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Takes the place behind all calls so far.</summary>
    /// <returns>The place, to be disposed when the call is done or has failed.</returns>
    public Turn Take()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            var turn = new Turn(_last, done);
            _last = done.Task;
            return turn;
        }
    }

    /// <summary>The place of one call.</summary>
    internal readonly struct Turn(Task previous, TaskCompletionSource done) : IDisposable
    {
        /// <summary>Completes when the calls before are done.</summary>
        public Task Come => previous;

        public void Dispose()
        {
            // A call that gave up before its turn does not let the next one pass those before it.
            if (previous.IsCompleted) done.TrySetResult();
            else _ = previous.ContinueWith(static (_, state) => ((TaskCompletionSource)state!).TrySetResult(), done, TaskScheduler.Default);
        }
    }
}
