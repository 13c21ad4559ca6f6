using EngineIO.AspNetCore;

namespace SocketIO.AspNetCore;

public sealed partial class SocketIOServer
{
    // Clients are disconnected in groups, so that a fast drain does not need a timer for each.
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(20);

    private int _draining;

    /// <summary>Sends all clients elsewhere, then closes the server: new sessions are refused with status 503; those that exist are disconnected at a pace, with the reason
    /// <see cref="DisconnectReasons.ServerShuttingDown"/>, after what is queued for them; what is left at the deadline is closed at once. It is the connections that are
    /// closed, so clients reconnect by themselves. Idempotent: a second call awaits the first.</summary>
    /// <param name="options">How; null for <see cref="SocketIOOptions.Drain"/>, or the defaults.</param>
    /// <param name="cancellationToken">Ends the drain: what is left is closed at once.</param>
    /// <returns>A task that completes when the server is closed, as that of <see cref="CloseAsync"/>.</returns>
    /// <exception cref="ArgumentException">An option is invalid; the message names it and what to do.</exception>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> was cancelled; the server is being closed.</exception>
    public async ValueTask DrainAsync(DrainOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= Options.Drain ?? new DrainOptions();
        if (options.Check("").ToList() is { Count: > 0 } faults) throw new ArgumentException(string.Join(' ', faults), nameof(options));
        if (Interlocked.Exchange(ref _draining, 1) != 0)
        {
            await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        Engine.StopAccepting();
        LogDraining(_log, Engine.ClientsCount);
        using var deadline = new CancellationTokenSource(options.Timeout, TimeProvider);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellationToken);
        try
        {
            await DisconnectAllAsync(options, end.Token).ConfigureAwait(false);
            await Engine.WaitUntilDrainedAsync(end.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            LogDrainEnded(_log, Engine.ClientsCount);
        }

        await CloseAsync(cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The host stops.</summary>
    internal ValueTask StopAsync(CancellationToken cancellationToken = default) =>
        Options.Drain is null ? CloseAsync(cancellationToken) : DrainAsync(options: null, cancellationToken);

    private async Task DisconnectAllAsync(DrainOptions options, CancellationToken cancellationToken)
    {
        var group = Math.Max(1, (int)(options.SessionsPerSecond * ShortestPause.TotalSeconds));
        var pause = TimeSpan.FromSeconds((double)group / options.SessionsPerSecond);
        // Again, until none is left whose handshake was under way when the drain began.
        while (Engine.Sessions.Where(static session => session.State <= EngineSessionState.Open).ToArray() is { Length: > 0 } sessions)
        {
            foreach (var chunk in sessions.Chunk(group))
            {
                foreach (var session in chunk) Disconnect(session);
                // Nobody gains by guessing these.
#pragma warning disable CA5394
                var factor = 1 + (options.Jitter * ((2 * Random.Shared.NextDouble()) - 1));
#pragma warning restore CA5394
                await Task.Delay(pause * factor, TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static void Disconnect(EngineSession session)
    {
        if (session.Handler is ClientConnection client) client.ShutDown();
        else session.Close();
    }
}
