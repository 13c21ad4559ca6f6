using EngineIO.Client.Http;
using EngineIO.Client.Sending;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client.Transports;

// POST: what the client sends, and its goodbye.
internal sealed partial class PollingTransport
{
    private readonly SemaphoreSlim _post = new(1, 1);
    private EngineFrame[] _frames = [];

    // Guarded by the gate.
    private bool _isPosting;

    public override async ValueTask WriteAsync(List<OutgoingPacket> batch)
    {
        bool isClosed;
        lock (_gate)
        {
            isClosed = _state == PollingState.Closed;
            _isPosting |= !isClosed;
        }

        if (isClosed)
        {
            LogDiscarding(settings.Loggers.Transport);
            return;
        }

        await _post.WaitAsync(_abort.Token).ConfigureAwait(false);
        try
        {
            await PostAsync(batch).ConfigureAwait(false);
        }
        finally
        {
            _post.Release();
        }

        bool isPausing;
        lock (_gate) (_isPosting, isPausing) = (false, _state == PollingState.Pausing);
        if (isPausing) Log.PostComplete(_logger);
        PauseIfIdle();
    }

    public override void Close()
    {
        bool wasOpening;
        lock (_gate)
        {
            if (_state == PollingState.Closed) return;
            wasOpening = _state == PollingState.Opening;
            _state = PollingState.Closed;
            _onPaused = null;
        }

        if (wasOpening) Log.DeferringClose(_logger);
        else Log.Closing(_logger);
        _ = FinishAsync();
    }

    private async Task PostAsync(List<OutgoingPacket> batch)
    {
        using var deadline = new RequestDeadline(settings.RequestTimeout, settings.Time, _abort.Token);
        try
        {
            using var content = Encode(batch);
            var uri = settings.Polling.Next(_sid);
            Log.XhrOpen(_logger, "POST", uri);
            using var response = await sender.SendAsync(uri, content, deadline.Token).ConfigureAwait(false);
            if ((int)response.StatusCode != 200) throw await RefusedAsync("xhr post error", response, deadline.Token).ConfigureAwait(false);
            // Read, for the connection to be used again.
            await BodyReader.ReadErrorAsync(response.Content, deadline.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (deadline.HasPassed)
        {
            throw Fault("xhr post error", new TimeoutException($"There was no answer within {settings.RequestTimeout} (option RequestTimeout)."));
        }
        catch (Exception error) when (error is not EngineClientException)
        {
            throw Fault("xhr post error", error);
        }
    }

    private PayloadContent Encode(List<OutgoingPacket> batch)
    {
        if (_frames.Length < batch.Count) _frames = new EngineFrame[Math.Max(batch.Count, 8)];
        int size = 0;
        for (int i = 0; i < batch.Count; i++)
        {
            _frames[i] = batch[i].Frame;
            size += _frames[i].Bytes.Length + 1;
        }

        var payload = new PooledWriter(size);
        bool isBinary = settings.Codec.EncodePayload(_frames.AsSpan(0, batch.Count), settings.SupportsBinary, payload);
        Array.Clear(_frames, 0, batch.Count);
        if (_logger.IsEnabled(LogLevel.Trace)) Log.XhrData(_logger, new(payload.Written, isBinary));
        return new(payload, isBinary);
    }

    private async Task FinishAsync()
    {
        using var deadline = settings.Time.CreateTimer(static state => ((CancellationTokenSource)state!).Cancel(), _abort, settings.CloseTimeout, Timeout.InfiniteTimeSpan);
        try
        {
            // Without an id yet: its handshake is on its way.
            if (_sid is null) await _polling.ConfigureAwait(false);
            if (_sid is not null && !_isGone) await SayGoodbyeAsync().ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.GoodbyeFailed(_logger, error);
        }

        // The server has let go of the waiting GET, or nobody will.
        _abort.Cancel();
        await _polling.ConfigureAwait(false);
        _completion.TrySetResult(true);
    }

    private async Task SayGoodbyeAsync()
    {
        await _post.WaitAsync(_abort.Token).ConfigureAwait(false);
        try
        {
            Log.WritingClosePacket(_logger);
            await PostAsync([new(EngineFrame.Close, Compress: false)]).ConfigureAwait(false);
        }
        finally
        {
            _post.Release();
        }
    }
}
