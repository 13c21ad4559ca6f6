namespace TestKit;

/// <summary>No wait of a test lasts longer than this: a hanging server fails one test with a message, not the run.</summary>
public static class Deadline
{
    public static readonly TimeSpan Default = TimeSpan.FromSeconds(10);

    /// <summary>Runs <paramref name="work"/> with a token that fires at the deadline, and says what was awaited when it does.</summary>
    public static async Task<T> RunAsync<T>(
        string what, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken = default) =>
        await RunAsync(what, Default, work, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc cref="RunAsync{T}(string, Func{CancellationToken, ValueTask{T}}, CancellationToken)"/>
    public static async Task<T> RunAsync<T>(
        string what, TimeSpan limit, Func<CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken = default)
    {
        using var source = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        source.CancelAfter(limit);
        try
        {
            return await work(source.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"Waited {limit} in vain: {what}.");
        }
    }

    /// <summary>Awaits a task that has no token of its own.</summary>
    public static async Task<T> WithDeadline<T>(this Task<T> task, string what = "task", TimeSpan? limit = null)
    {
        await ((Task)task).WithDeadline(what, limit).ConfigureAwait(false);
        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc cref="WithDeadline{T}"/>
    public static async Task WithDeadline(this Task task, string what = "task", TimeSpan? limit = null)
    {
        try
        {
            await task.WaitAsync(limit ?? Default).ConfigureAwait(false);
        }
        catch (TimeoutException) when (!task.IsCompleted)
        {
            throw new TimeoutException($"Waited {limit ?? Default} in vain: {what}.");
        }
    }

    /// <summary>Polls a condition that has no event to await; for state that only a property shows.</summary>
    public static async Task UntilAsync(Func<bool> condition, string what, TimeSpan? limit = null)
    {
        long start = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(start) > (limit ?? Default))
                throw new TimeoutException($"Waited {limit ?? Default} in vain: {what}.");
            await Task.Delay(2).ConfigureAwait(false);
        }
    }
}
