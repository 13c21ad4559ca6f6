using SocketIO.Client.Internal;
using SocketIO.Parsing;

namespace SocketIO.Client;

// At least once: the head of the queue is sent until it is acknowledged or has had all its tries; then comes the next (https://socket.io/docs/v4/client-options/#retries).
public sealed partial class ClientSocket
{
    // Guarded by Gate.
    private readonly List<QueuedPacket> _queue = [];
    private long _nextQueued;

    private void EnqueueForRetries(Payload data, EmitSettings settings, PendingAck? ack)
    {
        lock (Gate)
        {
            ThrowIfDisposed();
            _queue.Add(new QueuedPacket(_nextQueued++, Own(data), settings, ack));
            DrainQueue();
        }
    }

    /// <summary>Sends the head of the queue, unless it is on its way.</summary>
    /// <param name="isForced">Whether it is sent also then: the connection is a new one.</param>
    private void DrainQueue(bool isForced = false)
    {
        LogDraining(_log);
        while (_grant is { } grant && _queue.Count > 0)
        {
            var head = _queue[0];
            if (head.IsPending && !isForced)
            {
                LogAlreadySent(_log, head.Number);
                return;
            }

            // A dead connection: the next one sends it.
            if (grant.Connection.Engine.HasPingExpired()) return;
            if (TrySend(grant, head)) return;
        }
    }

    private bool TrySend(Grant grant, QueuedPacket head)
    {
        head.IsPending = true;
        head.Tries++;
        LogTrying(_log, head.Number, head.Tries);
        var attempt = new Try(this, head);
        Await(attempt);
        NotifyOutgoing(head.Data);
        if (TryAppend(grant.Connection.Engine, new Packet(PacketType.Event, Namespace, head.Data, attempt.Id), head.Settings.IsCompressed) is { } error)
        {
            // What the parser cannot write now it cannot write later.
            Take(attempt);
            _queue.RemoveAt(0);
            head.Ack?.Fail(error);
            return false;
        }

        FlushLater(grant.Connection.Engine);
        if ((head.Settings.Timeout ?? _ackTimeout) is { } timeout) attempt.Start(timeout);
        return true;
    }

    private void OnTried(QueuedPacket packet, EventArguments? answer, Exception? error)
    {
        if (_queue.Count == 0 || _queue[0] != packet)
        {
            LogAlreadyAcknowledged(_log, packet.Number);
            return;
        }

        packet.IsPending = false;
        if (error is null)
        {
            LogTried(_log, packet.Number);
            _queue.RemoveAt(0);
            packet.Ack?.Complete(answer!.Value);
        }
        else if (packet.Tries > _retries)
        {
            LogGivenUp(_log, packet.Number, packet.Tries);
            _queue.RemoveAt(0);
            packet.Ack?.Fail(error);
        }

        DrainQueue();
    }

    private void CancelQueued(PendingAck ack, CancellationToken cancellationToken)
    {
        var index = _queue.FindIndex(packet => packet.Ack == ack);
        if (index < 0) return;
        _queue.RemoveAt(index);
        ack.Cancel(cancellationToken);
        if (index == 0) DrainQueue();
    }

    private sealed class QueuedPacket(long number, Payload data, EmitSettings settings, PendingAck? ack)
    {
        public long Number { get; } = number;

        public Payload Data { get; } = data;

        public EmitSettings Settings { get; } = settings;

        public PendingAck? Ack { get; } = ack;

        public int Tries { get; set; }

        public bool IsPending { get; set; }
    }

    /// <summary>One try of a packet.</summary>
    private sealed class Try(ClientSocket socket, QueuedPacket packet) : AckHandler
    {
        private ITimer? _timer;

        public void Start(TimeSpan timeout) => _timer = socket.Manager.Options.TimeProvider.CreateTimer(
            _ => socket.OnAckTimeout(this, timeout), null, timeout, System.Threading.Timeout.InfiniteTimeSpan);

        public override void Complete(EventArguments arguments)
        {
            _timer?.Dispose();
            socket.OnTried(packet, arguments, error: null);
        }

        public override void Fail(Exception error)
        {
            _timer?.Dispose();
            socket.OnTried(packet, answer: null, error);
        }
    }
}
