namespace EngineIO.Client;

/// <summary>Whether the last session reached a WebSocket.</summary>
internal sealed class UpgradeMemory
{
    private volatile bool _reachedWebSocket;

    public bool ReachedWebSocket
    {
        get => _reachedWebSocket;
        set => _reachedWebSocket = value;
    }
}
