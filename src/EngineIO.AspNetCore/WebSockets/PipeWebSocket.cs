using System.IO.Pipelines;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>A WebSocket that is framed here (RFC 6455, server side, without extensions), on the pipes of its connection: frames are read where the host has put their bytes, and
/// written where it takes them from.</summary>
internal sealed partial class PipeWebSocket(IDuplexPipe pipe, IHttpRequestLifetimeFeature lifetime, int maxMessageSize) : WebSocketConnection
{
    // Frames that are given together at the most: what was sent meanwhile must leave even if the peer never stops.
    private const int LongestRun = 256;

    private readonly PipeReader _input = pipe.Input;
    private readonly FrameReader _frames = new(maxMessageSize);
    private bool _isOver;

    public override async Task<WebSocketEnd> ReadAsync(IWebSocketReceiver receiver)
    {
        try
        {
            while (await HandleAsync(await _input.ReadAsync(), receiver))
            {
            }

            return _frames.End;
        }
        catch (Exception error) when (IsLoss(error))
        {
            return WebSocketEnd.Lost;
        }
        finally
        {
            _frames.Dispose();
        }
    }

    public override async Task DrainAsync(TimeSpan patience, TimeProvider time)
    {
        using var timeout = new CancellationTokenSource(patience, time);
        try
        {
            ReadResult read;
            do
            {
                read = await _input.ReadAsync(timeout.Token);
                _input.AdvanceTo(read.Buffer.End);
            }
            while (!read.IsCompleted);
        }
        catch (Exception error) when (IsLoss(error))
        {
            // The end, one way or the other.
        }
    }

    public override void Abort()
    {
        lock (this)
        {
            if (!_isOver) lifetime.Abort();
        }
    }

    /// <summary>Handles all frames of what was read.</summary>
    /// <returns>Whether more is to be read.</returns>
    private async ValueTask<bool> HandleAsync(ReadResult read, IWebSocketReceiver receiver)
    {
        var run = 0;
        foreach (var segment in read.Buffer)
        {
            // The bytes are this reader's until it advances.
            var input = MemoryMarshal.AsMemory(segment);
            while (true)
            {
                var result = _frames.Read(ref input, out var payload);
                switch (result)
                {
                    case FrameReadResult.Text or FrameReadResult.Binary:
                        var handling = receiver.OnMessageAsync(payload, result == FrameReadResult.Binary);
                        if (!handling.IsCompletedSuccessfully) await handling;
                        if (++run % LongestRun == 0) receiver.OnReadCompleted();
                        continue;
                    case FrameReadResult.Ping:
                        Pong(payload.Span);
                        continue;
                    case FrameReadResult.TooBig:
                        receiver.OnMessageTooBig();
                        continue;
                    case FrameReadResult.Close or FrameReadResult.Fault:
                        _input.AdvanceTo(read.Buffer.End);
                        return false;
                }

                break;
            }
        }

        _input.AdvanceTo(read.Buffer.End);
        if (read.IsCompleted) return false;
        receiver.OnReadCompleted();
        _frames.Release();
        return true;
    }

    private static bool IsLoss(Exception error) => error is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException;
}
