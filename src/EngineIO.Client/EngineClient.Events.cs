namespace EngineIO.Client;

// The reference's low-level events. They are raised where things happen: on the thread that reads, or in the call that sends.
public sealed partial class EngineClient
{
    /// <summary>The session is open (<c>handshake</c> and <c>open</c>).</summary>
    public event Action<EngineHandshakeData>? Opened;

    /// <summary>A packet of any type came (<c>packet</c>); raised before it is handled, its memory is used for something else afterwards.</summary>
    public event Action<EnginePacket>? PacketReceived;

    /// <summary>A packet of any type is about to be queued (<c>packetCreate</c>).</summary>
    public event Action<EngineFrame>? PacketCreated;

    /// <summary>A batch of packets is about to be written (<c>flush</c>).</summary>
    public event Action? Flushing;

    /// <summary>What was queued is written, and nothing has come since (<c>drain</c>).</summary>
    public event Action? Drained;

    /// <summary>A packet came: the server lives (<c>heartbeat</c>).</summary>
    public event Action? Heartbeat;

    /// <summary>A transport has answered the probe; the session moves to it (<c>upgrading</c>).</summary>
    public event Action<string>? Upgrading;

    /// <summary>The session has moved to this transport (<c>upgrade</c>).</summary>
    public event Action<string>? Upgraded;

    /// <summary>The session stays where it is (<c>upgradeError</c>).</summary>
    public event Action<EngineClientException>? UpgradeFailed;

    /// <summary>The session is over, for a reason and perhaps an error (<c>close</c>); raised after the handler was told.</summary>
    public event Action<string, EngineClientException?>? Closed;

    private void Raise<T>(Action<T>? handlers, T argument)
    {
        if (handlers is null) return;
        try
        {
            handlers(argument);
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }

    private void Raise(Action? handlers)
    {
        if (handlers is null) return;
        try
        {
            handlers();
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }
}
