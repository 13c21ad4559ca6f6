using System.Threading.Channels;
using StackExchange.Redis;

namespace SocketIO.Redis.Streams;

/// <summary>The entries of one namespace on their way from the reader to its adapter, so that the reader goes on for the others meanwhile.</summary>
/// <remarks>Thread-safe. A namespace that is too far behind makes the reader wait, rather than take all memory.</remarks>
internal sealed class StreamInbox
{
    private const int Capacity = 4096;

    private readonly Channel<StreamEntry> _entries = Channel.CreateBounded<StreamEntry>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly Task _reading;
    private int _pending;

    /// <param name="onEntry">Handles an entry; never fails.</param>
    public StreamInbox(Func<StreamEntry, ValueTask> onEntry) => _reading = ReadAsync(onEntry);

    /// <summary>Whether all that was put in has been handled.</summary>
    public bool IsEmpty => Volatile.Read(ref _pending) == 0;

    public async ValueTask PutAsync(StreamEntry entry)
    {
        Interlocked.Increment(ref _pending);
        try
        {
            await _entries.Writer.WriteAsync(entry).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            // The namespace has ended.
            Interlocked.Decrement(ref _pending);
        }
    }

    public async ValueTask CloseAsync()
    {
        _entries.Writer.TryComplete();
        await _reading.ConfigureAwait(false);
    }

    private async Task ReadAsync(Func<StreamEntry, ValueTask> onEntry)
    {
        await foreach (var entry in _entries.Reader.ReadAllAsync().ConfigureAwait(false))
        {
            await onEntry(entry).ConfigureAwait(false);
            Interlocked.Decrement(ref _pending);
        }
    }
}
