using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SocketIO.Redis.Connections;

/// <summary>A subscription to one channel, or pattern. Survives what happens to the connection; messages that were sent meanwhile are lost.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed partial class RedisSubscription(
    RedisConnection connection, RedisChannel channel, Func<RedisChannel, ReadOnlyMemory<byte>, ValueTask> onMessage, ILogger log) : IAsyncDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private ChannelMessageQueue? _queue;
    private Task _reading = Task.CompletedTask;
    private bool _isClosed;

    public RedisChannel Channel => channel;

    /// <summary>Whether Redis has confirmed it.</summary>
    public bool IsOpen => Volatile.Read(ref _queue) is not null;

    /// <summary>Completes when all that has arrived has been handed over, once it has ended.</summary>
    public Task Reading => Volatile.Read(ref _reading);

    /// <summary>Ends it; what has arrived is still handed over.</summary>
    public async ValueTask DisposeAsync()
    {
        connection.Forget(this);
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            _isClosed = true;
            await CloseAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async ValueTask OpenAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (!_isClosed && _queue is null) await StartAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    internal async ValueTask ReopenAsync()
    {
        await _gate.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_isClosed) return;
            await CloseAsync().ConfigureAwait(false);
            await StartAsync().ConfigureAwait(false);
        }
        finally
        {
            _gate.Release();
        }
    }

    private async ValueTask StartAsync()
    {
        try
        {
            // On a primary: others count their subscribers there.
            var queue = await connection.Subscriber.SubscribeAsync(channel, CommandFlags.DemandMaster).ConfigureAwait(false);
            Volatile.Write(ref _reading, ReadAsync(queue, _reading));
            Volatile.Write(ref _queue, queue);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogSubscribeFailed(log, exception, channel.ToString());
            connection.ReportOutage("a channel could not be subscribed to");
        }
    }

    private async ValueTask CloseAsync()
    {
        if (_queue is not { } queue) return;
        Volatile.Write(ref _queue, null);
        try
        {
            await queue.UnsubscribeAsync().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is RedisException or TimeoutException or ObjectDisposedException)
        {
            LogUnsubscribeFailed(log, exception, channel.ToString());
        }
    }

    // What an earlier queue still holds comes first.
    private async Task ReadAsync(ChannelMessageQueue queue, Task before)
    {
        await before.ConfigureAwait(false);
        await foreach (var message in queue.ConfigureAwait(false))
        {
            try
            {
                await onMessage(message.Channel, (ReadOnlyMemory<byte>)message.Message).ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                connection.Metrics.HandlerFailed();
                LogHandlerFailed(log, exception, channel.ToString());
            }
        }
    }

    [LoggerMessage(32, LogLevel.Error, "The channel {Channel} could not be subscribed to; it is tried again when Redis is back.")]
    private static partial void LogSubscribeFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(33, LogLevel.Debug, "The channel {Channel} could not be unsubscribed from.")]
    private static partial void LogUnsubscribeFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(34, LogLevel.Error, "A message on the channel {Channel} could not be handled.")]
    private static partial void LogHandlerFailed(ILogger logger, Exception exception, string channel);
}
