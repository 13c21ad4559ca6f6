using EngineIO.Client.Transports;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    // Guarded by the gate: the handler is being told that the session is open; what is to be told afterwards.
    private bool _isRaisingOpen;
    private (string Reason, EngineClientException? Error)? _closedMeanwhile;

    private TaskCompletionSource<bool>? _connecting;

    /// <summary>Starts to connect, once; does nothing when called again. What becomes of it, the handler is told.</summary>
    public void Open()
    {
        lock (_gate)
        {
            if (_isStarted || _state != EngineClientState.Opening) return;
            _isStarted = true;
        }

        PoolWork.Run(static engine => engine.OpenFirst(), this);
    }

    /// <summary>Connects, for those who need no handler before the session is open.</summary>
    /// <param name="uri">The server, see <see cref="EngineClient(Uri, EngineClientOptions)"/>.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="EngineClientException">The session could not be opened.</exception>
    public static Task<EngineClient> ConnectAsync(Uri uri, EngineClientOptions? options = null, CancellationToken cancellationToken = default) =>
        ConnectAsync(uri, handler: null, options, cancellationToken);

    /// <summary>Connects.</summary>
    /// <param name="uri">The server, see <see cref="EngineClient(Uri, EngineClientOptions)"/>.</param>
    /// <param name="handler">Who receives what happens, from the first message on.</param>
    /// <param name="options">How to connect; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <exception cref="EngineClientException">The session could not be opened.</exception>
    public static async Task<EngineClient> ConnectAsync(Uri uri, IEngineClientHandler? handler, EngineClientOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var engine = new EngineClient(uri, options) { Handler = handler };
        engine._connecting = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using var registration = cancellationToken.Register(static state => ((EngineClient)state!).Abort(), engine);
        engine.Open();
        try
        {
            await engine._connecting.Task.ConfigureAwait(false);
        }
        catch (EngineClientException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        return engine;
    }

    private void OpenFirst()
    {
        WatchNetwork();
        string? name;
        lock (_gate)
        {
            name = _names.Count == 0 ? null
                : _settings.Options.RememberUpgrade && Memory.ReachedWebSocket && _names.Contains(ClientTransports.WebSocket) ? ClientTransports.WebSocket
                : _names[0];
        }

        if (name is null) End(EngineCloseReasons.TransportError, new("No transports available", EngineClientStage.Handshake) { Detail = "no transport is left to try (option Transports)" });
        else OpenTransport(name);
    }

    private void OpenTransport(string name)
    {
        var transport = Create(name);
        Log.SettingTransport(_logger, name);
        lock (_gate)
        {
            if (_state == EngineClientState.Closed) return;
            _transports.Add(transport);
            _transport = transport;
        }

        transport.Open();
    }

    private ClientTransport Create(string name)
    {
        LogCreating(name);
        return _createTransport(name);
    }

    private void LogCreating(string name)
    {
        Log.CreatingTransport(_logger, name);
        Log.Options(_logger, new(_settings, name));
    }

    private UpgradeMemory Memory => _settings.Options.UpgradeMemory;

    /// <summary>The next transport, where one has failed to open and others may be tried.</summary>
    private bool TryNextTransport(ClientTransport failed)
    {
        string next;
        lock (_gate)
        {
            if (!_settings.Options.TryAllTransports || _state != EngineClientState.Opening || _names.Count < 2) return false;
            _names.Remove(failed.Name);
            if (_names.Count == 0) return false;
            next = _names[0];
            _transport = null;
        }

        Log.TryingNextTransport(_logger);
        failed.Close();
        OpenTransport(next);
        return true;
    }

    private void OnHandshake(ClientTransport transport, EnginePacket packet)
    {
        if (!EngineHandshakeData.TryParse(packet.Data.Span, out var handshake) || handshake.PingInterval <= TimeSpan.Zero)
        {
            OnTransportError(transport, new("server error", EngineClientStage.Handshake)
            {
                Transport = transport.Name,
                Url = UrlOf(transport),
                Detail = "what the server sent is no handshake",
            });
            return;
        }

        transport.OnSession(handshake.Sid);
        lock (_gate)
        {
            if (_state != EngineClientState.Opening || _transport != transport) return;
            _handshake = handshake;
            _state = EngineClientState.Open;
            _isRaisingOpen = true;
        }

        Log.Open(_logger);
        Memory.ReachedWebSocket = transport.Name == ClientTransports.WebSocket;
        StartHeartbeat(handshake);
        Raise(Opened, handshake);
        Tell(static (engine, handler) => handler.OnOpen(engine));
        (string Reason, EngineClientException? Error)? closed;
        lock (_gate) (closed, _isRaisingOpen) = (_closedMeanwhile, false);
        if (closed is { } end)
        {
            RaiseClosed(end.Reason, end.Error);
            return;
        }

        _connecting?.TrySetResult(true);
        Flush();
        if (_settings.Options.Upgrade) StartProbes(handshake);
    }

    private void Tell(Action<EngineClient, IEngineClientHandler> call)
    {
        if (Handler is not { } handler) return;
        try
        {
            call(this, handler);
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }

    private Uri UrlOf(ClientTransport transport) => (transport.Name == ClientTransports.Polling ? _settings.Polling : _settings.WebSocket).Display;
}
