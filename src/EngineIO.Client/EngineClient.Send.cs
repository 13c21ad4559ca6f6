using EngineIO.Client.Sending;
using EngineIO.Client.Transports;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    /// <summary>How many bytes may wait before those who await are held up.</summary>
    internal const int HighWaterMark = 1 << 20;

    // Guarded by the gate: a batch is being written; those who wait for room.
    private bool _isWriting;
    private TaskCompletionSource<bool>? _room;

    // What PacketCreated has not been raised for.
    private List<EngineFrame>? _created;

    /// <summary>Queues messages, together and in the order of the calls, and starts to write them. They are dropped where the session is closing or over.</summary>
    /// <param name="first">The first message; lent memory is copied.</param>
    /// <param name="rest">The others, such as the attachments of the first.</param>
    /// <param name="compress">Whether a WebSocket may compress them.</param>
    public void Enqueue(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default, bool compress = true)
    {
        Append(first, rest, compress);
        Flush();
    }

    /// <summary>Queues a message as <see cref="Enqueue"/> does, and leaves it there until <see cref="Flush"/>: for callers that hold a lock. Nothing is raised or written in
    /// this call.</summary>
    /// <param name="first">The first frame. A lent one is copied.</param>
    /// <param name="rest">The frames that belong to it: nothing comes between them.</param>
    /// <param name="compress">Whether it may be compressed, where the transport compresses.</param>
    public void Append(EngineFrame first, ReadOnlyMemory<EngineFrame> rest = default, bool compress = true)
    {
        lock (_gate)
        {
            if (_state is EngineClientState.Closing or EngineClientState.Closed) return;
            Add(first, compress);
            foreach (ref readonly var frame in rest.Span) Add(frame, compress);
        }
    }

    /// <summary>Queues a message as <see cref="Enqueue"/> does.</summary>
    /// <param name="frame">The message; lent memory is copied.</param>
    /// <param name="compress">Whether a WebSocket may compress it.</param>
    /// <param name="cancellationToken">Ends the wait; the message is sent all the same.</param>
    /// <returns>A task that completes when less than 1 MiB waits to be written, or the session is over.</returns>
    public ValueTask SendAsync(EngineFrame frame, bool compress = true, CancellationToken cancellationToken = default)
    {
        Enqueue(frame, compress: compress);
        return WaitForRoomAsync(cancellationToken);
    }

    /// <summary>Waits until less than 1 MiB waits to be written.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that completes then, or when the session is over.</returns>
    public ValueTask WaitForRoomAsync(CancellationToken cancellationToken = default)
    {
        Task room;
        lock (_gate)
        {
            if (_queue.Bytes < HighWaterMark || _state == EngineClientState.Closed) return default;
            room = (_room ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
        }

        return cancellationToken.CanBeCanceled ? new(WaitAsync(room, cancellationToken)) : new(room);
    }

    private static async Task WaitAsync(Task task, CancellationToken cancellationToken)
    {
        var cancelled = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled);
        await Task.WhenAny(task, cancelled.Task).ConfigureAwait(false);
        if (!task.IsCompleted) cancellationToken.ThrowIfCancellationRequested();
    }

    private void SendPong()
    {
        lock (_gate)
        {
            if (_state is EngineClientState.Closing or EngineClientState.Closed || !_queue.AddPong()) return;
            if (PacketCreated is not null) (_created ??= []).Add(EngineFrame.Pong);
        }

        Flush();
    }

    private void SendControl(EngineFrame frame)
    {
        Append(frame, compress: false);
        Flush();
    }

    /// <summary>Writes what is queued, unless somebody does or it cannot leave now.</summary>
    public void Flush()
    {
        RaiseCreated();
        if (!TryBeginWrite(out var transport, out var batch)) return;
        var pump = PumpAsync(transport, batch);
        // What does not complete at once goes on by itself; the pump does not throw.
        if (!pump.IsCompleted) _ = pump.AsTask();
    }

    private void Add(EngineFrame frame, bool compress)
    {
        if (PacketCreated is not null) (_created ??= []).Add(frame.Keep());
        _queue.Add(frame, compress);
    }

    private void RaiseCreated()
    {
        if (PacketCreated is not { } handlers) return;
        List<EngineFrame>? created;
        lock (_gate) (created, _created) = (_created, null);
        foreach (var frame in created ?? []) Raise(handlers, frame);
    }

    private bool TryBeginWrite(out ClientTransport transport, out List<OutgoingPacket> batch)
    {
        long payloadSize;
        int remaining;
        lock (_gate)
        {
            transport = _transport!;
            batch = null!;
            if (_isWriting || _isUpgrading || _queue.IsEmpty || _handshake is null || _state == EngineClientState.Closed) return false;
            _isWriting = true;
            batch = _queue.TakeBatch(transport.WritesPayloads ? _handshake.MaxPayload : null, out payloadSize);
            remaining = _queue.Count - batch.Count;
        }

        if (remaining > 0) Log.OnlySend(_logger, batch.Count, batch.Count + remaining);
        else if (payloadSize > 0) Log.PayloadSize(_logger, payloadSize, Handshake?.MaxPayload ?? 0);
        Log.Flushing(_logger, batch.Count);
        return true;
    }

    private async ValueTask PumpAsync(ClientTransport transport, List<OutgoingPacket> batch)
    {
        bool isWritten;
        do
        {
            try
            {
                Raise(Flushing);
                await transport.WriteAsync(batch).ConfigureAwait(false);
                isWritten = true;
            }
            catch (Exception error)
            {
                isWritten = false;
                OnWriteFailed(transport, error);
            }
        }
        while (EndWrite(isWritten) && TryBeginWrite(out transport, out batch));
    }

    /// <returns>Whether there may be more to write.</returns>
    private bool EndWrite(bool isWritten)
    {
        bool isEmpty;
        TaskCompletionSource<bool>? room = null;
        lock (_gate)
        {
            _isWriting = false;
            _queue.EndBatch();
            isEmpty = _queue.IsEmpty;
            if (_queue.Bytes < HighWaterMark) (room, _room) = (_room, null);
        }

        room?.TrySetResult(true);
        if (!isWritten) return false;
        if (!isEmpty) return true;
        if (State != EngineClientState.Closed) Raise(Drained);
        EndIfDone();
        return true;
    }

    // Not on the stack of whoever sends.
    private void OnWriteFailed(ClientTransport transport, Exception error) =>
        PoolWork.Run(
            static failure =>
            {
                var (engine, transport, error) = failure;
                if (error is EngineClientException { CloseCode: not null } loss) engine.OnTransportClosed(transport, loss);
                else engine.OnTransportError(transport, error as EngineClientException ?? new("transport error", engine.StageOf(transport), error) { Transport = transport.Name });
            },
            Tuple.Create(this, transport, error));
}
