using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>A connection whose WebSocket outlives the HTTP layer: a connection middleware shows that pipes and a heartbeat which it loses its hold on once the WebSocket is detached, and
/// waits for the end of both.</summary>
/// <remarks>The endpoint calls <see cref="TakePipes"/>, which upgrades, and <see cref="TryDetach"/>. From then on the WebSocket is read, while the HTTP layer may still wind up; it does not read
/// or write behind an upgrade, and whatever else it does to the pipes is ignored.</remarks>
internal sealed class DetachableConnection : IDuplexPipe, IConnectionHeartbeatFeature, IHttpRequestLifetimeFeature
{
    private readonly ConnectionContext _connection;
    private readonly IDuplexPipe _pipes;
    private readonly IConnectionHeartbeatFeature? _heartbeat;
    private volatile (Action<object> Action, object State)[] _beats = [];
    private readonly ExecutionContext? _context = ExecutionContext.Capture();
    private Task? _reading;
    private bool _isTaken;
    private volatile bool _isDetached;

    private DetachableConnection(ConnectionContext connection)
    {
        _connection = connection;
        _pipes = connection.Transport;
        _heartbeat = connection.Features.Get<IConnectionHeartbeatFeature>();
        Input = new HttpInput(this);
        Output = new HttpOutput(this);
    }

    /// <summary>What the HTTP layer reads.</summary>
    public PipeReader Input { get; private set; }

    /// <summary>What the HTTP layer writes.</summary>
    public PipeWriter Output { get; private set; }

    CancellationToken IHttpRequestLifetimeFeature.RequestAborted
    {
        get => _connection.ConnectionClosed;
        set => throw new NotSupportedException();
    }

    /// <summary>The connection middleware.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="next">The rest of its pipeline, the HTTP layer in the end.</param>
    public static async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var self = new DetachableConnection(connection);
        self.Attach();
        try
        {
            await next(connection);
        }
        finally
        {
            self.LetGo();
            if (self._reading is { } reading)
            {
                await reading;
                await self._pipes.Output.CompleteAsync();
                await self._pipes.Input.CompleteAsync();
            }
        }
    }

    /// <summary>The connection's own pipes, for a WebSocket that is to be detached.</summary>
    public IDuplexPipe TakePipes()
    {
        _isTaken = true;
        return _pipes;
    }

    /// <summary>Detaches the WebSocket, if it has the pipes: the request may end.</summary>
    /// <param name="read">Reads the WebSocket to its end. Does not throw. It does not see the request's context, which would live as long.</param>
    public bool TryDetach(Func<Task> read)
    {
        if (!_isTaken) return false;
        _isDetached = true;
        if (_context is null) _reading = read();
        else ExecutionContext.Run(_context, _ => _reading = read(), state: null);
        return true;
    }

    public void Abort() => _connection.Abort();

    void IConnectionHeartbeatFeature.OnHeartbeat(Action<object> action, object state)
    {
        lock (this)
        {
            _beats = [.. _beats, (action, state)];
            if (_beats.Length > 1) return;
        }

        // It cannot be taken back there.
        _heartbeat?.OnHeartbeat(static self => ((DetachableConnection)self).Beat(), this);
    }

    private void Beat()
    {
        if (_isDetached) return;
        foreach (var (action, state) in _beats) action(state);
    }

    private void Attach()
    {
        _connection.Transport = this;
        _connection.Features.Set<IConnectionHeartbeatFeature>(this);
        _connection.Features.Set(this);
    }

    private void LetGo()
    {
        _connection.Transport = _pipes;
        _connection.Features.Set(_heartbeat);
        _connection.Features.Set<DetachableConnection>(null);
        // They hold what the HTTP layer hung on them.
        (_beats, Input, Output) = ([], null!, null!);
    }

    private sealed class HttpInput(DetachableConnection connection) : PipeReader
    {
        private readonly PipeReader _inner = connection._pipes.Input;

        public override ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken = default) => _inner.ReadAsync(cancellationToken);

        public override bool TryRead(out ReadResult result) => _inner.TryRead(out result);

        public override void AdvanceTo(SequencePosition consumed) => _inner.AdvanceTo(consumed);

        public override void AdvanceTo(SequencePosition consumed, SequencePosition examined) => _inner.AdvanceTo(consumed, examined);

        public override void CancelPendingRead()
        {
            if (!connection._isDetached) _inner.CancelPendingRead();
        }

        public override void Complete(Exception? exception = null)
        {
            if (!connection._isDetached) _inner.Complete(exception);
        }
    }

    private sealed class HttpOutput(DetachableConnection connection) : PipeWriter
    {
        private readonly PipeWriter _inner = connection._pipes.Output;

        public override bool CanGetUnflushedBytes => _inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => _inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => _inner.GetSpan(sizeHint);

        public override void Advance(int bytes) => _inner.Advance(bytes);

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) => _inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush()
        {
            if (!connection._isDetached) _inner.CancelPendingFlush();
        }

        public override void Complete(Exception? exception = null)
        {
            if (!connection._isDetached) _inner.Complete(exception);
        }
    }
}
