namespace Load.Sockets;

/// <summary>One TCP connection and what is on its way in and out.</summary>
internal abstract class Connection : IDisposable
{
    private const int InitialCapacity = 2048;

    private TcpSocket? _socket;
    private EventLoop? _loop;
    private bool _isWaitingToWrite;
    private bool _isReading = true;

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
                Watch();
                return;
            }

            Outgoing.Consume(sent);
        }
    }

    /// <summary>From now on what comes in stays in the kernel, which keeps but little of it.</summary>
    public void StopReading()
    {
        _isReading = false;
        _socket!.ShrinkReceiveBuffer();
        Watch();
    }

    public void Dispose()
    {
        if (_socket is null) return;
        _loop!.Remove(this);
        _socket.Dispose();
        _socket = null;
    }

    /// <summary>Forgets what an earlier connection has left.</summary>
    protected void Clear()
    {
        Incoming.Consume(Incoming.Content.Length);
        Outgoing.Consume(Outgoing.Content.Length);
    }

    // Something can be read or written: what comes in is processed to its end, and all answers leave in one write.
    internal void Advance()
    {
        if (_isWaitingToWrite)
        {
            _isWaitingToWrite = false;
            Watch();
        }

        while (_isReading)
        {
            var free = Incoming.Free();
            var received = _socket!.Receive(free);
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

        Flush();
    }

    /// <summary>Consumes of <see cref="Incoming"/> what is whole, and writes answers to <see cref="Outgoing"/>.</summary>
    protected abstract void Process();

    /// <summary>The server has closed the connection.</summary>
    protected abstract void OnEnd();

    private void Watch() => _loop!.Update(this, _isReading, _isWaitingToWrite);
}
