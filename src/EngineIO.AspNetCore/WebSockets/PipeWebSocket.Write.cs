using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Net.WebSockets;
using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.WebSockets;

// Batches and control frames take turns. A control frame waits for the batch that is being written; of pings only the latest is answered, as RFC 6455 allows.
internal sealed partial class PipeWebSocket
{
    private const int MaxHeaderSize = 10;

    // A frame of this size is written in one go; it may leave the rest of a block unused.
    private const int SmallFrame = 1024;

    private readonly PipeWriter _output = pipe.Output;

    // Guarded by this object's lock. _turn is for those who found somebody else writing.
    private bool _isWriting;
    private bool _isClosed;
    private byte[]? _pong;
    private WebSocketCloseStatus? _close;
    private TaskCompletionSource? _turn;

    public override ValueTask<bool> WriteAsync(List<OutgoingPacket> batch)
    {
        if (TryTakeTurn() is { } wait) return WriteLaterAsync(wait, batch);
        var flush = WriteNow(batch);
        return flush.IsCompletedSuccessfully ? new(EndWrite(flush.Result)) : EndWriteAsync(flush);
    }

    public override Task CloseOutputAsync(WebSocketCloseStatus status)
    {
        lock (this)
        {
            _close = status;
            if (_isWriting) return Task.CompletedTask;
            _isWriting = true;
        }

        return WriteControlsAsync();
    }

    private void Pong(ReadOnlySpan<byte> payload)
    {
        lock (this)
        {
            _pong = payload.ToArray();
            if (_isWriting) return;
            _isWriting = true;
        }

        _ = WriteControlsAsync();
    }

    public override async Task CompleteAsync()
    {
        while (TryTakeTurn() is { } wait) await wait;
        lock (this) _isOver = _isClosed = true;
        if (!TryPassTurn()) await WriteControlsAsync();
        // The host's pipes are the host's to dispose.
        (pipe as StreamPipes)?.Dispose();
    }

    /// <summary>Begins a turn.</summary>
    /// <returns>Null where it has begun; else what to wait for before the next try.</returns>
    private Task? TryTakeTurn()
    {
        lock (this)
        {
            if (!_isWriting)
            {
                _isWriting = true;
                return null;
            }

            _turn ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            return _turn.Task;
        }
    }

    private async ValueTask<bool> WriteLaterAsync(Task? wait, List<OutgoingPacket> batch)
    {
        for (; wait is not null; wait = TryTakeTurn()) await wait;
        return await EndWriteAsync(WriteNow(batch));
    }

    private ValueTask<FlushResult> WriteNow(List<OutgoingPacket> batch)
    {
        // What follows a close frame is not for the peer.
        if (_isClosed) return new(new FlushResult(isCanceled: false, isCompleted: true));
        try
        {
            foreach (var packet in batch) WriteFrame(packet.Frame.IsBinary ? WebSocketOpcode.Binary : WebSocketOpcode.Text, packet.Frame.Bytes.Span);
            return _output.FlushAsync();
        }
        catch (Exception error) when (IsLoss(error))
        {
            return new(new FlushResult(isCanceled: false, isCompleted: true));
        }
    }

    private async ValueTask<bool> EndWriteAsync(ValueTask<FlushResult> flush)
    {
        try
        {
            return EndWrite(await flush);
        }
        catch (Exception error) when (IsLoss(error))
        {
            return EndWrite(new FlushResult(isCanceled: false, isCompleted: true));
        }
    }

    private bool EndWrite(FlushResult flush)
    {
        if (!TryPassTurn()) _ = WriteControlsAsync();
        return !flush.IsCompleted;
    }

    /// <summary>Ends a turn, unless control frames are to be written before.</summary>
    private bool TryPassTurn()
    {
        TaskCompletionSource? waiting;
        lock (this)
        {
            if (_pong is not null || _close is not null) return false;
            (waiting, _turn) = (_turn, null);
            _isWriting = false;
        }

        waiting?.SetResult();
        return true;
    }

    // Within a turn.
    private async Task WriteControlsAsync()
    {
        do
        {
            try
            {
                WriteControls();
                await _output.FlushAsync();
            }
            catch (Exception error) when (IsLoss(error))
            {
                // The reader learns it by itself.
            }
        }
        while (!TryPassTurn());
    }

    private void WriteControls()
    {
        byte[]? pong;
        WebSocketCloseStatus? close;
        lock (this)
        {
            (pong, _pong) = (_pong, null);
            (close, _close) = (_close, null);
            if (_isClosed) return;
            _isClosed = close is not null;
        }

        if (pong is not null) WriteFrame(WebSocketOpcode.Pong, pong);
        if (close is not { } status) return;
        Span<byte> code = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(code, (ushort)status);
        WriteFrame(WebSocketOpcode.Close, status == WebSocketCloseStatus.Empty ? [] : code);
    }

    private void WriteFrame(WebSocketOpcode opcode, ReadOnlySpan<byte> payload)
    {
        if (payload.Length <= SmallFrame)
        {
            var frame = _output.GetSpan(MaxHeaderSize + payload.Length);
            var headerSize = FrameHeader.Write(frame, opcode, payload.Length);
            payload.CopyTo(frame[headerSize..]);
            _output.Advance(headerSize + payload.Length);
            return;
        }

        _output.Advance(FrameHeader.Write(_output.GetSpan(MaxHeaderSize), opcode, payload.Length));
        _output.Write(payload);
    }
}
