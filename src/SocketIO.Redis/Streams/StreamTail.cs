using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Recovery;
using StackExchange.Redis;

namespace SocketIO.Redis.Streams;

/// <summary>Reads what is added to one stream, for all namespaces of a server, on a connection of its own. It knows from the start where it is: what is added while the connection
/// is lost, it reads afterwards.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class StreamTail : IAsyncDisposable
{
    private static readonly TimeSpan MinBackOff = TimeSpan.FromMilliseconds(100), MaxBackOff = TimeSpan.FromSeconds(2), Margin = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, StreamInbox> _inboxes = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _stop = new();
    private readonly RedisConnection _connection;
    private readonly RedisStreamsAdapterOptions _options;
    private readonly RedisKey _stream;
    private readonly ILogger _log;
    private readonly Task _reading;
    private IConnectionMultiplexer? _own;
    private string? _position;

    public StreamTail(RedisConnection connection, RedisKey stream, RedisStreamsAdapterOptions options, ILogger log)
    {
        (_connection, _stream, _options, _log) = (connection, stream, options, log);
        _reading = Task.Run(ReadAsync);
    }

    /// <summary>Completes when it is known where reading starts: what is added from then on is read.</summary>
    public Task Started => _started.Task;

    /// <summary>The last entry that was handed over, or behind which reading started; null until <see cref="Started"/>.</summary>
    public string? Position => Volatile.Read(ref _position);

    public void Add(string ns, StreamInbox inbox) => _inboxes[ns] = inbox;

    public void Remove(string ns, StreamInbox inbox) => _inboxes.TryRemove(KeyValuePair.Create(ns, inbox));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        await DisconnectAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var backOff = MinBackOff;
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await ReadOnAsync().ConfigureAwait(false);
                backOff = MinBackOff;
            }
            catch (Exception exception)
            {
                if (_stop.IsCancellationRequested) break;
                LogReadFailed(_log, exception, _stream.ToString());
                _connection.ReportOutage("a stream cannot be read");
                // A connection whose command got no answer may hold it still.
                if (exception is TimeoutException) await DisconnectAsync().ConfigureAwait(false);
                await Task.Delay(backOff, _connection.TimeProvider, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                backOff = TimeSpan.FromTicks(Math.Min(backOff.Ticks * 2, MaxBackOff.Ticks));
            }
        }

        await DisconnectAsync().ConfigureAwait(false);
        _started.TrySetCanceled();
    }

    /// <summary>Reads until something fails.</summary>
    private async Task ReadOnAsync()
    {
        _own ??= await _connection.ConnectPrivatelyAsync(_options.BlockTime + Margin).ConfigureAwait(false);
        var database = _own.GetDatabase();
        await FindPositionAsync(database).ConfigureAwait(false);
        _connection.ReportRecovery();
        while (!_stop.IsCancellationRequested)
        {
            var answer = await database.ExecuteAsync(
                "XREAD",
                ["COUNT", _options.ReadCount, "BLOCK", (long)_options.BlockTime.TotalMilliseconds, "STREAMS", _stream, _position!],
                CommandFlags.DemandMaster).ConfigureAwait(false);
            foreach (var entry in Entries(answer))
            {
                if (EntryCodec.NamespaceOf(entry) is { } ns && _inboxes.TryGetValue(ns, out var inbox)) await inbox.PutAsync(entry).ConfigureAwait(false);
                Volatile.Write(ref _position, entry.Id);
            }
        }
    }

    private async Task FindPositionAsync(IDatabase database)
    {
        var last = await database.StreamRangeAsync(_stream, "-", "+", 1, Order.Descending, CommandFlags.DemandMaster).ConfigureAwait(false);
        var end = last.Length > 0 && StreamOffset.TryParse(last[0].Id, out var offset) ? offset : StreamOffset.Zero;
        if (_position is null) Volatile.Write(ref _position, end.ToString());
        else if (StreamOffset.TryParse(_position, out var position) && end < position && last.Length > 0)
        {
            // Another stream, by a clock that is behind, or none of ours any more: all in it is new.
            LogBegunAnew(_log, _stream.ToString());
            Volatile.Write(ref _position, StreamOffset.Zero.ToString());
        }

        _started.TrySetResult();
    }

    // Null for nothing new; an array of pairs in RESP2, a map of one in RESP3.
    private static IEnumerable<StreamEntry> Entries(RedisResult answer)
    {
        if (answer.IsNull || answer.Length == 0) yield break;
        var entries = answer.Resp3Type == ResultType.Map || answer[0].Length <= 0 ? answer[1] : answer[0][1];
        for (var i = 0; i < entries.Length; i++)
        {
            var (id, fields) = (entries[i][0], entries[i][1]);
            var values = new NameValueEntry[fields.IsNull ? 0 : fields.Length / 2];
            for (var j = 0; j < values.Length; j++) values[j] = new((RedisValue)fields[j * 2], (RedisValue)fields[(j * 2) + 1]);
            yield return new StreamEntry((RedisValue)id, values);
        }
    }

    private async ValueTask DisconnectAsync()
    {
        if (Interlocked.Exchange(ref _own, null) is not { } own) return;
        // The command that waits for entries is not waited for.
        await own.CloseAsync(allowCommandsToComplete: false).ConfigureAwait(false);
        await own.DisposeAsync().ConfigureAwait(false);
    }

    [LoggerMessage(45, LogLevel.Warning, "The stream {Stream} could not be read; it is tried again.")]
    private static partial void LogReadFailed(ILogger logger, Exception exception, string stream);

    [LoggerMessage(46, LogLevel.Warning, "The stream {Stream} has begun anew: what was stored in it is gone.")]
    private static partial void LogBegunAnew(ILogger logger, string stream);
}
