using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace SocketIO.Redis.Connections;

/// <summary>Publishes without waiting for the confirmation of each message, but never has more than so many unconfirmed: who comes then waits.</summary>
/// <remarks>Thread-safe. <c>_gate</c> guards the count and the queue, and is held while a message is handed to the connection, so that messages keep the order of their
/// calls.</remarks>
internal sealed partial class PublishWindow(RedisConnection connection, ILogger log)
{
    private const int MaxMessages = 1024;
    private const long MaxBytes = 64 * 1024 * 1024;

    private readonly object _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private int _messages;
    private long _bytes;

    public ValueTask PublishAsync(RedisChannel channel, ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        Waiting waiting;
        lock (_gate)
        {
            if (_waiting.Count == 0 && HasRoom)
            {
                Send(channel, message);
                return default;
            }

            waiting = new Waiting(channel, message);
            _waiting.Enqueue(waiting);
        }

        return new(WaitAsync(waiting, cancellationToken));
    }

    // One that is larger than the window passes alone.
    private bool HasRoom => _messages < MaxMessages && (_bytes < MaxBytes || _messages == 0);

    private async Task WaitAsync(Waiting waiting, CancellationToken cancellationToken)
    {
        try
        {
            await waiting.Sent.Task.WaitAsync(connection.PublishTimeout, connection.TimeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is TimeoutException or OperationCanceledException)
        {
            // It may just have been sent.
            if (waiting.Sent.TrySetCanceled(CancellationToken.None)) throw;
        }
    }

    private void Send(RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        _messages++;
        _bytes += message.Length;
        _ = ConfirmAsync(connection.Subscriber.PublishAsync(channel, message), message.Length);
    }

    private async Task ConfirmAsync(Task<long> publishing, int length)
    {
        try
        {
            await publishing.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            connection.Metrics.Published();
        }
        catch (Exception exception)
        {
            connection.Metrics.PublishFailed();
            LogPublishFailed(log, exception);
        }

        lock (_gate)
        {
            _messages--;
            _bytes -= length;
            while (HasRoom && _waiting.TryDequeue(out var next))
            {
                if (next.Sent.TrySetResult()) Send(next.Channel, next.Message);
            }
        }
    }

    private sealed class Waiting(RedisChannel channel, ReadOnlyMemory<byte> message)
    {
        public RedisChannel Channel => channel;

        public ReadOnlyMemory<byte> Message => message;

        public TaskCompletionSource Sent { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    [LoggerMessage(35, LogLevel.Error, "A message was not confirmed by Redis: other servers may not have got it.")]
    private static partial void LogPublishFailed(ILogger logger, Exception exception);
}
