namespace SocketIO.AspNetCore;

public sealed partial class SocketIOServer
{
    private readonly TaskCompletionSource _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closing;

    internal bool IsClosing => System.Threading.Volatile.Read(ref _closing) != 0;

    /// <summary>Closes the server: every socket is disconnected with the reason <see cref="DisconnectReasons.ServerShuttingDown"/>, then the adapters are closed, then the
    /// connections. Clients reconnect by themselves, to this server's successor. Idempotent; it happens by itself when the host stops.</summary>
    /// <param name="cancellationToken">Ends the wait, not the closing.</param>
    /// <returns>A task that completes when the adapters are closed and the handlers of the disconnections have completed.</returns>
    public async ValueTask CloseAsync(CancellationToken cancellationToken = default)
    {
        if (Interlocked.Exchange(ref _closing, 1) == 0) _ = CloseCoreAsync();
        await _closed.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Closes the server and frees what it holds.</summary>
    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        await Engine.DisposeAsync().ConfigureAwait(false);
        Metrics.Dispose();
    }

    /// <summary>Closes the server without waiting for handlers: for hosts that dispose of their services synchronously.</summary>
    public void Dispose() => _ = DisposeAsync().AsTask();

    private async Task CloseCoreAsync()
    {
        var handlers = new List<Task>();
        var info = new DisconnectInfo(DisconnectReasons.ServerShuttingDown, null);
        ServerNamespace[] namespaces = [.. Namespaces.Values];
        foreach (var ns in namespaces) ns.CloseSockets(info, handlers);
        await Task.WhenAll(namespaces.Select(static ns => ns.CloseAdapterAsync())).ConfigureAwait(false);
        await CloseEnginesAsync().ConfigureAwait(false);
        await StopListeningAsync().ConfigureAwait(false);
        await Task.WhenAll(handlers).ConfigureAwait(false);
        _closed.TrySetResult();
    }
}
