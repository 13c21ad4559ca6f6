namespace EngineIO.Client;

public sealed partial class EngineClient
{
    /// <summary>The machine has lost its network, and this session with it.</summary>
    internal void OnNetworkLost()
    {
        EngineClientException error;
        lock (_gate)
        {
            var stage = _handshake is null ? EngineClientStage.Handshake
                : _transport?.Name == ClientTransports.Polling ? EngineClientStage.Polling
                : EngineClientStage.WebSocket;
            error = new("network connection lost", stage)
            {
                Transport = _transport?.Name,
                Url = _transport is null ? null : UrlOf(_transport),
                Detail = "the machine has lost its network",
            };
        }

        End(EngineCloseReasons.TransportClose, error);
    }

    private void WatchNetwork()
    {
        _settings.Network?.Add(this);
        // It may have ended at the same time.
        if (State == EngineClientState.Closed) LeaveNetwork();
    }

    private void LeaveNetwork() => _settings.Network?.Remove(this);
}
