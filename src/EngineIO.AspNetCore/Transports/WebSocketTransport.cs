using System.Net.WebSockets;
using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Sending;
using EngineIO.AspNetCore.Timing;
using EngineIO.AspNetCore.WebSockets;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

/// <summary>A session over one WebSocket: a message a packet.</summary>
internal sealed partial class WebSocketTransport(EngineSession session, EngineServer server, WebSocketConnection socket, bool supportsBinary)
    : Transport(session, supportsBinary), IWebSocketReceiver
{
    // What the "ws" package grants the peer to answer a close frame; a server that stops has less patience.
    private static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMilliseconds(200);

    private static readonly TimeSpan FaultPatience = TimeSpan.FromMilliseconds(250);

    private readonly ILogger _logger = server.Loggers.WebSocket;
    private WheelTimer? _closeDeadline;
    private int _closing;
    private volatile bool _isOver;
    private volatile bool _wasClosedHere;

    public override string Name => RequestVerifier.WebSocketName;

    public override bool IsWritable => true;

    public override bool GathersWrites => true;

    /// <summary>Reads until the WebSocket ends.</summary>
    public async Task ReadAsync()
    {
        var end = await socket.ReadAsync(this);
        if (end.Status is { } status) Close(status, isAnswer: end.Fault is null);
        if (end.Fault is null)
        {
            Session.OnTransportClosed(this);
        }
        else
        {
            Session.OnTransportError(this, new EngineTransportException(end.Fault.Message, end.Fault));
            await socket.DrainAsync(FaultPatience, server.Time);
        }

        await socket.CompleteAsync();
        if (_closeDeadline is { } deadline) server.Wheel.Cancel(deadline);
        _isOver = true;
        Log.ReadyState(server.Loggers.Transport, _wasClosedHere ? "closing" : "open", "closed");
        server.RemoveClosing(this);
    }

    ValueTask IWebSocketReceiver.OnMessageAsync(ReadOnlyMemory<byte> data, bool isBinary)
    {
        Log.Received(_logger, new(data, isBinary));
        if (Codec.DecodeFrame(data, isBinary, out var packet) == PacketError.None) return Session.OnPacketAsync(this, packet);
        Session.OnMalformedPacket(this);
        return default;
    }

    void IWebSocketReceiver.OnMessageTooBig()
    {
        Close(WebSocketCloseStatus.MessageTooBig);
        Session.OnTransportError(this, new EngineTransportException("Max payload size exceeded"));
    }

    void IWebSocketReceiver.OnReadCompleted() => Session.OnReadCompleted(this);

    public override ValueTask<bool> WriteAsync(List<OutgoingPacket> batch)
    {
        // Revision 4 writes frames as they are, but for those who asked for base64.
        if (Session.Revision == EngineRevision.V4 && SupportsBinary) return socket.WriteAsync(batch);
        return socket.WriteAsync(batch.ConvertAll(packet => packet with { Frame = Codec.ToWebSocketFrame(packet.Frame, SupportsBinary) }));
    }

    public override void Close() => Close(WebSocketCloseStatus.Empty);

    /// <summary>The server stops: the peer gets a moment, not the usual time, to answer the close frame.</summary>
    public void HastenClose()
    {
        if (_closeDeadline is { } deadline) server.Wheel.Schedule(deadline, StopTimeout);
    }

    private void Close(WebSocketCloseStatus status, bool isAnswer = false)
    {
        if (Interlocked.Exchange(ref _closing, 1) != 0) return;
        if (!isAnswer)
        {
            _wasClosedHere = true;
            Log.ReadyState(server.Loggers.Transport, "open", "closing");
            Log.Closing(_logger);
        }

        // Whoever does not answer the close frame, or cannot even be written to, is cut off.
        _closeDeadline = new WheelTimer(socket.Abort);
        server.Wheel.Schedule(_closeDeadline, CloseTimeout);
        server.AddClosing(this);
        if (_isOver) server.RemoveClosing(this);
        _ = socket.CloseOutputAsync(status);
    }
}
