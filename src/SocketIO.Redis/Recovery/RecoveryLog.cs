using SocketIO.AspNetCore;
using SocketIO.Cluster;
using SocketIO.Redis.Connections;
using StackExchange.Redis;

namespace SocketIO.Redis.Recovery;

/// <summary>The log of a namespace whose events travel over channels: an event gets its place in the log and is published in one step, so that the order of the log is that in
/// which all servers get them.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RecoveryLog
{
    // The log has the message without its offset, which is the entry's id.
    private const string Script = $"""
        local head = ARGV[1]
        local id = redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'm', head)
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        redis.call(ARGV[4], ARGV[5], {LoggedWire.Script})
        return id
        """;

    private static readonly RedisValue s_message = "m";

    private readonly RedisConnection _connection;
    private readonly RedisKey _key;
    private readonly int _maxLength;
    private readonly TimeSpan _lifetime;
    private readonly OwnEntries _own = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _position;
    private volatile bool _isUnsure;

    /// <summary>Makes the log of a namespace.</summary>
    /// <param name="connection">The way to Redis.</param>
    /// <param name="ns">The namespace.</param>
    /// <param name="key">The log's key; where the channel is sharded, of its slot.</param>
    /// <param name="sessionPrefix">The beginning of the sessions' keys.</param>
    /// <param name="maxLength">How many events it keeps, roughly.</param>
    /// <param name="read">Reads a message.</param>
    public RecoveryLog(
        RedisConnection connection, ServerNamespace ns, RedisKey key, string sessionPrefix, int maxLength, Func<ReadOnlyMemory<byte>, ClusterMessage?> read)
    {
        (_connection, _key, _maxLength) = (connection, key, maxLength);
        // What was sent to a lost connection before the loss was noticed is missed as well.
        var options = ns.Server.Options;
        _lifetime = options.ConnectionStateRecovery!.MaxDisconnectionDuration + options.PingInterval + options.PingTimeout;
        Sessions = new SessionStore(connection, ns, sessionPrefix, ReadEntry, key) { LogLifetime = _lifetime };

        BroadcastMessage? ReadEntry(StreamEntry entry)
        {
            ReadOnlyMemory<byte> head = entry[s_message];
            return head.IsEmpty ? null : read(LoggedWire.ToMessage(head.Span, entry.Id!)) as BroadcastMessage;
        }
    }

    public SessionStore Sessions { get; }

    /// <summary>The last event that came, or the end of the log at the start; null until it is known.</summary>
    public string? Position => Volatile.Read(ref _position);

    /// <summary>Clients may have been sent an event before this one, and behind the one before, without its offset; null for none.</summary>
    public StreamOffset? Unsure { get; private set; }

    /// <summary>Finds the end of the log. Before the channel is listened to: what comes between the two would be taken for received.</summary>
    public async ValueTask InitializeAsync()
    {
        await _connection.ConnectAsync().ConfigureAwait(false);
        try
        {
            var last = await _connection.Database.StreamRangeAsync(_key, "-", "+", 1, Order.Descending, CommandFlags.DemandMaster).ConfigureAwait(false);
            Volatile.Write(ref _position, last.Length > 0 ? (string?)last[0].Id : StreamOffset.Zero.ToString());
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException)
        {
            // Redis is away: the first event that comes tells.
        }
    }

    /// <summary>The channels are listened to: what is sent comes back.</summary>
    public void Start() => _started.TrySetResult();

    /// <summary>Logs and publishes an event, and waits until it has come back and has been delivered.</summary>
    /// <param name="message">The event.</param>
    /// <param name="wire">As it stands on the channel.</param>
    /// <param name="channel">The channel.</param>
    /// <returns>The offset.</returns>
    /// <exception cref="RedisServerException">Redis did neither.</exception>
    public async Task<string> SendAsync(BroadcastMessage message, ReadOnlyMemory<byte> wire, RedisChannel channel)
    {
        if (!_started.Task.IsCompleted) await _started.Task.WaitAsync(_connection.PublishTimeout, _connection.TimeProvider).ConfigureAwait(false);
        if (!_connection.IsAvailable) throw _connection.Unavailable();
        var head = LoggedWire.ToHead(wire.Span);
        try
        {
            return await _own.SendAsync(new OwnEntry(message, head), () => AddAsync(head, channel), _connection.PublishTimeout, _connection.TimeProvider).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not RedisServerException)
        {
            _isUnsure = true;
            throw;
        }
    }

    /// <summary>Finds an event of this server that came back.</summary>
    /// <returns>The event, to be delivered and completed unless it <see cref="OwnEntry.IsGivenUp"/>; null for one of another server.</returns>
    public OwnEntry? TakeOwn(ReadOnlySpan<byte> head)
    {
        var own = _own.Take(head);
        if (own is { IsGivenUp: true }) _isUnsure = true;
        return own;
    }

    /// <summary>An event has been delivered, or was for nobody here.</summary>
    public void Advance(string offset)
    {
        if (_isUnsure)
        {
            _isUnsure = false;
            Unsure = StreamOffset.TryParse(offset, out var unsure) ? unsure : null;
        }

        Volatile.Write(ref _position, offset);
    }

    private async Task AddAsync(byte[] head, RedisChannel channel)
    {
        RedisValue[] arguments = [head, _maxLength, (long)_lifetime.TotalMilliseconds, channel.IsSharded ? "SPUBLISH" : "PUBLISH", (byte[])channel!];
        try
        {
            await _connection.Database.ScriptEvaluateAsync(Script, [_key], arguments, CommandFlags.DemandMaster).ConfigureAwait(false);
            _connection.Metrics.Published();
        }
        catch (Exception)
        {
            _connection.Metrics.PublishFailed();
            throw;
        }
    }
}
