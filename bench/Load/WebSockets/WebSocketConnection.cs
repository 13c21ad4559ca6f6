using Load.Messages;
using Load.Sockets;
using Load.Wires;

namespace Load.WebSockets;

/// <summary>A client: it upgrades, opens the protocol above, and hands on the messages of the application.</summary>
internal sealed class WebSocketConnection(int index, IWire wire, IConnectionObserver observer) : Connection
{
    private static readonly byte[] s_close = ClientFrame.Encode(Opcode.Close, [0x03, 0xE8]); // 1000, a normal closure

    private readonly ByteQueue _assembly = new(capacity: 64);
    private Opcode _assembled;
    private int _step = -1; // of the opening; the upgrade is the one before the first
    private bool _isClosing;

    public int Index => index;

    public bool IsOpen { get; private set; }

    /// <summary>The server has answered our close frame, or closed of its own accord.</summary>
    public bool HasEnded { get; private set; }

    /// <summary>How many heartbeats of the server it has answered.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>Connects to the port, anew if it has been closed.</summary>
    public void Open(EventLoop loop, int port)
    {
        Clear();
        _step = -1;
        (IsOpen, HasEnded, _isClosing) = (false, false, false);
        Outgoing.Append(wire.UpgradeRequest);
        Attach(TcpSocket.Connect(port), loop);
    }

    /// <summary>Writes the next numbered message; it leaves with the end of the read that is being processed, or with <see cref="Connection.Flush"/>.</summary>
    public void Write(Request request) => request.WriteNext(Outgoing);

    /// <summary>Says that it wants to close; messages that still come are left aside.</summary>
    public void SendClose()
    {
        _isClosing = true;
        Outgoing.Append(s_close);
        Flush();
    }

    protected override void Process()
    {
        if (_step < 0)
        {
            if (!Upgrade.TryReadResponse(Incoming.Content, out var head)) return;
            Incoming.Consume(head);
            BeginStep(0);
        }

        while (ServerFrame.TryRead(Incoming.Content, out var frame, out var length))
        {
            OnFrame(frame);
            Incoming.Consume(length);
        }
    }

    protected override void OnEnd()
    {
        if (!HasEnded) throw new LoadException($"the server closed connection {index}");
    }

    private void End()
    {
        if (HasEnded) return;
        HasEnded = true;
        observer.OnEnd(this);
    }

    private void OnFrame(ServerFrame frame)
    {
        switch (frame.Opcode)
        {
            case Opcode.Ping:
                Outgoing.Append(ClientFrame.Encode(Opcode.Pong, frame.Payload));
                break;
            case Opcode.Pong:
                break;
            case Opcode.Close:
                End();
                break;
            case Opcode.Text or Opcode.Binary when frame.IsFinal:
                OnMessages(frame.Payload, frame.Opcode);
                break;
            default:
                Assemble(frame);
                break;
        }
    }

    private void Assemble(ServerFrame frame)
    {
        if (frame.Opcode != Opcode.Continuation) _assembled = frame.Opcode;
        _assembly.Append(frame.Payload);
        if (!frame.IsFinal) return;
        OnMessages(_assembly.Content, _assembled);
        _assembly.Consume(_assembly.Content.Length);
    }

    private void OnMessages(ReadOnlySpan<byte> payload, Opcode opcode)
    {
        if (wire.Delimiter is not { } delimiter)
        {
            OnMessage(payload, opcode);
            return;
        }

        while (!payload.IsEmpty)
        {
            var length = payload.IndexOf(delimiter) + 1;
            if (length == 0) throw new LoadException("a message without an end");
            OnMessage(payload[..length], opcode);
            payload = payload[length..];
        }
    }

    private void OnMessage(ReadOnlySpan<byte> message, Opcode opcode)
    {
        if (_isClosing) return;
        if (!IsOpen) EndStep(message);
        else if (wire.IsHeartbeat(message)) AnswerHeartbeat();
        else observer.OnMessage(this, message, opcode == Opcode.Binary);
    }

    private void AnswerHeartbeat()
    {
        Heartbeats++;
        Outgoing.Append(wire.HeartbeatAnswer);
    }

    private void BeginStep(int step)
    {
        _step = step;
        IsOpen = step == wire.Opening.Length;
        if (IsOpen) observer.OnOpen(this);
        else Outgoing.Append(wire.Opening[step].Frame);
    }

    private void EndStep(ReadOnlySpan<byte> message)
    {
        var expected = wire.Opening[_step].Answer;
        if (!message.StartsWith(expected)) throw WrongAnswer.Create(index, expected, message);
        BeginStep(_step + 1);
    }
}
