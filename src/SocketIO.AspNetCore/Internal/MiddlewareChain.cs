using SocketIO.Events;

namespace SocketIO.AspNetCore.Internal;

/// <summary>Runs middlewares one inside the other, as they were registered when it began.</summary>
/// <remarks>One run belongs to one logical flow. What a middleware left unawaited is awaited here, so that nothing is decided before all of them have ended.</remarks>
internal sealed class MiddlewareChain<TContext>(HandlerList<Func<TContext, Func<ValueTask>, ValueTask>>.Entry[] middlewares, TContext context)
{
    private bool _reachedEnd;

    /// <summary>Runs the middlewares.</summary>
    /// <returns>Whether each of them called the next one and none of them threw; an exception is passed on.</returns>
    public async ValueTask<bool> RunAsync()
    {
        await RunAsync(0).ConfigureAwait(false);
        return _reachedEnd;
    }

    private async Task RunAsync(int index)
    {
        if (index == middlewares.Length)
        {
            _reachedEnd = true;
            return;
        }

        Task? inner = null;
        await middlewares[index].Handler(context, Next).ConfigureAwait(false);
        if (inner is { IsCompleted: false }) await inner.ConfigureAwait(false);
        // A failure further in that the middleware did not pass on is not its to forgive: the end was not reached.
        if (!_reachedEnd && inner is not null) await inner.ConfigureAwait(false);

        // The second call and those after it are answered with the first one's task.
        ValueTask Next() => new(inner ??= RunAsync(index + 1));
    }
}
