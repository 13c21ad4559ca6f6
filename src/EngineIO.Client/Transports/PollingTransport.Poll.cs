using EngineIO.Client.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

// GET: what the server sends.
internal sealed partial class PollingTransport
{
    private void Poll()
    {
        lock (_gate)
        {
            if (_isPolling || _state == PollingState.Closed) return;
            _isPolling = true;
            _polling = PollAllAsync();
        }
    }

    private async Task PollAllAsync()
    {
        await Task.Yield();
        try
        {
            while (await PollAsync().ConfigureAwait(false))
            {
            }
        }
        catch (EngineClientException error)
        {
            Fail(error);
        }
        catch (Exception error)
        {
            Fail(Fault("xhr poll error", error));
        }
    }

    /// <returns>Whether the next poll may start.</returns>
    private async Task<bool> PollAsync()
    {
        Log.Polling(_logger);
        Log.XhrPoll(_logger);
        using (var payload = await FetchAsync().ConfigureAwait(false))
        {
            if (_logger.IsEnabled(LogLevel.Trace)) Log.GotData(_logger, new(payload.Body.Written, payload.IsBinary));
            if (!await HandleAsync(payload).ConfigureAwait(false)) return false;
        }

        bool isPausing;
        lock (_gate)
        {
            if (_state == PollingState.Open) return true;
            isPausing = _state == PollingState.Pausing;
            _isPolling = false;
        }

        if (isPausing) Log.PollComplete(_logger);
        Log.IgnoringPoll(_logger, isPausing ? "pausing" : "closed");
        PauseIfIdle();
        return false;
    }

    private async Task<Payload> FetchAsync()
    {
        using var deadline = new RequestDeadline(settings.RequestTimeout, settings.Time, _abort.Token);
        try
        {
            var uri = settings.Polling.Next(_sid);
            Log.XhrOpen(_logger, "GET", uri);
            using var response = await sender.SendAsync(uri, content: null, deadline.Token).ConfigureAwait(false);
            if ((int)response.StatusCode != 200) throw await RefusedAsync("xhr poll error", response, deadline.Token).ConfigureAwait(false);
            bool isBinary = response.Content.Headers.ContentType?.MediaType == "application/octet-stream";
            return new(await BodyReader.ReadAsync(response.Content, settings.MaxMessageSize, deadline.Token).ConfigureAwait(false), isBinary);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw Fault("xhr poll error", new TimeoutException($"There was no answer within {settings.RequestTimeout} (option RequestTimeout)."));
        }
    }

    /// <returns>Whether the session goes on.</returns>
    private async ValueTask<bool> HandleAsync(Payload payload)
    {
        _packets.Clear();
        var error = settings.Codec.DecodePayload(payload.Body.Written, payload.IsBinary, MaxPackets, _packets);
        foreach (var packet in _packets)
        {
            if (!TryEnter(packet)) return false;
            if (packet.Type == EnginePacketType.Close)
            {
                engine.OnTransportClosed(this, Fault("transport closed by the server", cause: null, detail: "the server closed it"));
                return false;
            }

            await engine.OnPacketAsync(this, packet).ConfigureAwait(false);
        }

        if (error != PacketError.None) engine.OnMalformedPacket(this, error);
        if (_packets.Capacity > 1024) _packets.Capacity = 0;
        return error == PacketError.None && !IsClosed;
    }

    /// <summary>The first packet opens. One that comes too late still tells the id of the session that has to be told goodbye.</summary>
    private bool TryEnter(EnginePacket packet)
    {
        lock (_gate)
        {
            if (_state == PollingState.Opening && packet.Type == EnginePacketType.Open) _state = PollingState.Open;
            if (_state != PollingState.Closed) return true;
        }

        if (packet.Type == EnginePacketType.Open && _sid is null && EngineHandshakeData.TryParse(packet.Data.Span, out var handshake)) _sid = handshake.Sid;
        return false;
    }

    private void Fail(EngineClientException error)
    {
        lock (_gate)
        {
            if (_state == PollingState.Closed) return;
        }

        engine.OnTransportError(this, error);
    }

    private async Task<EngineClientException> RefusedAsync(string message, HttpResponseMessage response, CancellationToken cancellationToken) =>
        Fault(message, cause: null, response, await BodyReader.ReadErrorAsync(response.Content, cancellationToken).ConfigureAwait(false));

    private readonly struct Payload(PooledWriter body, bool isBinary) : IDisposable
    {
        public PooledWriter Body { get; } = body;

        public bool IsBinary { get; } = isBinary;

        public void Dispose() => Body.Dispose();
    }
}
