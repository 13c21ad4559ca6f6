namespace Load.Sockets;

/// <summary>One TCP connection and what is on its way in and out.</summary>
internal abstract class Connection : IDisposable
{
    private const int InitialCapacity = 2048;

    private TcpSocket? _socket;
    private EventLoop? _loop;
    private bool _isWaitingToWrite;

    public bool IsClosed => _socket is null;

    protected ByteQueue Incoming { get; } = new(InitialCapacity);

    protected ByteQueue Outgoing { get; } = new(InitialCapacity);

    // Where the loop knows it.
    internal int Token { get; set; }

    internal int File => _socket!.File;

    public void Attach(TcpSocket socket, EventLoop loop)
    {
        (_socket, _loop) = (socket, loop);
        _isWaitingToWrite = true; // until it is connected
        loop.Add(this);
    }

    /// <summary>Sends what is in <see cref="Outgoing"/>, or as much of it as the peer takes.</summary>
    public void Flush()
    {
        if (_isWaitingToWrite) return;
        while (!Outgoing.IsEmpty)
        {
            var sent = _socket!.Send(Outgoing.Content);
            if (sent == TcpSocket.Blocked)
            {
                _isWaitingToWrite = true;
                _loop!.Update(this, writing: true);
                return;
            }

            Outgoing.Consume(sent);
        }
    }

    public void Dispose()
    {
        if (_socket is null) return;
        _loop!.Remove(this);
        _socket.Dispose();
        _socket = null;
    }

    // Something can be read or written: what comes in is processed to its end, and all answers leave in one write.
    internal void Advance()
    {
        if (_isWaitingToWrite)
        {
            _isWaitingToWrite = false;
            _loop!.Update(this, writing: false);
        }

        while (_socket is not null && IsReading)
        {
            var free = Incoming.Free();
            var received = _socket.Receive(free);
            if (received == TcpSocket.Blocked) break;
            if (received == 0)
            {
                OnEnd();
                return;
            }

            Incoming.Commit(received);
            Process();
            if (received < free.Length) break;
        }

        if (_socket is not null) Flush();
    }

    /// <summary>Consumes of <see cref="Incoming"/> what is whole, and writes answers to <see cref="Outgoing"/>.</summary>
    protected abstract void Process();

    /// <summary>The server has closed the connection.</summary>
    protected abstract void OnEnd();

    /// <summary>False to leave in the kernel what comes in.</summary>
    protected virtual bool IsReading => true;
}
