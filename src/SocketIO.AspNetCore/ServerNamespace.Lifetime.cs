using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore;

// From its making, through a change of its adapter, to its end: with the server, or, as an empty child, before that.
public partial class ServerNamespace
{
    private const int Gone = -1;

    private readonly ParentNamespace? _parent;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lazy<Task> _adapterEnd;
    private volatile IAdapter _adapter;
    private int _occupants;

    /// <summary>Completes when the application has been told of the namespace: what it does about a new namespace, such as adding a middleware, holds for the first client
    /// already.</summary>
    internal Task Ready => _ready.Task;

    /// <summary>Whether it was an empty child, and is the server's no more.</summary>
    internal bool IsGone => System.Threading.Volatile.Read(ref _occupants) == Gone;

    internal void SetReady() => _ready.TrySetResult();

    /// <summary>Counts a client that asks for the namespace, until its socket is removed or forgotten.</summary>
    /// <returns>False where the namespace has gone.</returns>
    internal bool TryEnter()
    {
        while (true)
        {
            int before = System.Threading.Volatile.Read(ref _occupants);
            if (before == Gone) return false;
            if (Interlocked.CompareExchange(ref _occupants, before + 1, before) == before) return true;
        }
    }

    /// <summary>A client has left, or was not let in. Who makes the count of an empty child zero, and finds it zero still, closes the door: a client that comes later makes the
    /// namespace anew.</summary>
    internal void Leave()
    {
        if (Interlocked.Decrement(ref _occupants) == 0) CleanUp();
    }

    /// <summary>Ends an empty child. One whose clients may come back to their sessions is kept until those have expired.</summary>
    internal void CleanUp()
    {
        if (_parent is null || !Server.Options.CleanupEmptyChildNamespaces || _adapter is SessionAwareAdapter { StoredSessions: > 0 }) return;
        if (Interlocked.CompareExchange(ref _occupants, Gone, 0) == 0) _parent.Remove(this);
    }

    internal async Task InitializeAsync()
    {
        try
        {
            await Adapter.InitializeAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogAdapterFailed(_log, exception);
        }
    }

    /// <summary>Closes the adapter, once.</summary>
    internal Task CloseAdapterAsync() => _adapterEnd.Value;

    /// <summary>Goes on with another adapter, to which the sockets' rooms are carried over.</summary>
    internal void ReplaceAdapter(IAdapter adapter)
    {
        var old = _adapter;
        _adapter = adapter;
        _ = MoveAsync();

        async Task MoveAsync()
        {
            await InitializeAsync().ConfigureAwait(false);
            try
            {
                foreach (var socket in _sockets.Values.Concat(_connecting.Keys))
                {
                    if (old.GetRooms(socket.Id) is { Count: > 0 } rooms) await socket.JoinAsync(rooms).ConfigureAwait(false);
                }
            }
            catch (Exception exception)
            {
                LogAdapterFailed(_log, exception);
            }

            await CloseAsync(old).ConfigureAwait(false);
        }
    }

    private async Task CloseAsync(IAdapter adapter)
    {
        try
        {
            await WaitForStoringAsync().ConfigureAwait(false);
            await adapter.CloseAsync().ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            LogAdapterCloseFailed(_log, exception);
        }
    }
}
