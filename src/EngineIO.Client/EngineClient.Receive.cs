using EngineIO.Client.Transports;
using EngineIO.Diagnostics;
using Microsoft.Extensions.Logging;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    /// <summary>A transport is connected.</summary>
    internal void OnTransportOpened(ClientTransport transport)
    {
        Probe? probe;
        lock (_gate) probe = ProbeOf(transport);
        if (probe is not null) SendProbe(probe);
    }

    /// <summary>A packet came. The next may follow when the task completes.</summary>
    internal ValueTask OnPacketAsync(ClientTransport transport, EnginePacket packet)
    {
        EngineClientState state;
        bool isCurrent;
        lock (_gate) (isCurrent, state) = (transport == _transport, _state);
        if (!isCurrent)
        {
            OnProbePacket(transport, packet);
            return default;
        }

        if (state == EngineClientState.Closed)
        {
            Log.PacketWhileClosed(_logger);
            return default;
        }

        if (_logger.IsEnabled(LogLevel.Trace)) Log.Received(_logger, DebugNames.Of(packet.Type), new(packet.Data, packet.IsBinary));
        Raise(PacketReceived, packet);
        Raise(Heartbeat);
        if (state == EngineClientState.Opening)
        {
            OnHandshakeOrNot(transport, packet);
            return default;
        }

        OnHeartbeat(packet);
        switch (packet.Type)
        {
            case EnginePacketType.Close:
                OnTransportClosed(transport, new("transport closed by the server", EngineClientStage.WebSocket) { Transport = transport.Name, Url = UrlOf(transport), Detail = "the server closed it" });
                return default;
            case EnginePacketType.Message:
                return DeliverAsync(new(packet.Data, packet.IsBinary));
            default:
                return default;
        }
    }

    /// <summary>What came is no packet.</summary>
    internal void OnMalformedPacket(ClientTransport transport, PacketError error)
    {
        Probe? probe;
        lock (_gate) probe = ProbeOf(transport);
        if (probe is not null) Fail(probe, "parser error", cause: null);
        else OnTransportError(transport, ServerError(transport, $"the server sent what is no packet ({error})"));
    }

    private void OnHandshakeOrNot(ClientTransport transport, EnginePacket packet)
    {
        if (packet is { Type: EnginePacketType.Open, IsBinary: false }) OnHandshake(transport, packet);
        else OnTransportError(transport, ServerError(transport, $"the server began with a packet of type \"{DebugNames.Of(packet.Type)}\""));
    }

    private EngineClientException ServerError(ClientTransport transport, string detail) => new("server error", StageOf(transport))
    {
        Transport = transport.Name,
        Url = UrlOf(transport),
        Detail = detail,
    };

    private EngineClientStage StageOf(ClientTransport transport) =>
        Handshake is null ? EngineClientStage.Handshake
        : transport.Name == ClientTransports.Polling ? EngineClientStage.Polling
        : EngineClientStage.WebSocket;

    private ValueTask DeliverAsync(EngineMessage message)
    {
        if (Handler is not { } handler) return default;
        try
        {
            var handled = handler.OnMessageAsync(this, message);
            return handled.IsCompletedSuccessfully ? default : WaitAsync(handled);
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
            return default;
        }
    }

    private async ValueTask WaitAsync(ValueTask handled)
    {
        try
        {
            await handled.ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }
}
