using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Transports;
using EngineIO.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore;

public sealed partial class EngineSession
{
    /// <summary>A request that belongs to the session; verification has seen that it polls.</summary>
    internal Task HandleAsync(EngineRequest request)
    {
        Transport transport;
        lock (Gate) transport = _transport;
        if (transport is PollingTransport polling) return polling.HandleAsync(request);

        // Upgraded since it was verified.
        RefusalAnswer.WriteEmpty(request.HttpContext, StatusCodes.Status400BadRequest);
        return Task.CompletedTask;
    }

    /// <summary>A packet arrived on a transport.</summary>
    internal ValueTask OnPacketAsync(Transport transport, EnginePacket packet)
    {
        bool isCurrent;
        lock (Gate)
        {
            isCurrent = transport == _transport;
            if (isCurrent && _state != EngineSessionState.Open)
            {
                Log.PacketOnClosed(_logger);
                return default;
            }

            if (isCurrent) (_reader, _gathering) = (transport, true);
        }

        if (!isCurrent) return OnProbePacketAsync(transport, packet);

        Log.ReceivedPacket(_logger, DebugNames.Of(packet.Type));
        Raise(PacketReceived, packet);
        if (packet.Type != EnginePacketType.Pong) OnPacketWhilePongIsAwaited();
        switch (packet.Type)
        {
            case EnginePacketType.Ping: OnPing(); break;
            case EnginePacketType.Pong: OnPong(); break;
            case EnginePacketType.Close: OnTransportClosed(transport); break;
            case EnginePacketType.Message:
                if (_server.Metrics.CountsMessages) _server.Metrics.MessageReceived(transport.Name, packet.Data.Length);
                return DeliverAsync(new EngineMessage(packet.Data, packet.IsBinary));
        }

        return default;
    }

    /// <summary>What arrived is no packet.</summary>
    internal void OnMalformedPacket(Transport transport)
    {
        bool isCurrent;
        lock (Gate) isCurrent = transport == _transport;
        Log.Malformed(_logger, transport.Name);
        _server.Metrics.MalformedPacket(transport.Name);
        if (isCurrent) End(CloseReasons.ParseError, error: null);
        else AbandonUpgrade(transport, "malformed packet");
    }

    /// <summary>All that a transport read together has been handled: what was sent meanwhile leaves as one. While a WebSocket probes, polling may
    /// still be in the middle of its messages.</summary>
    internal void OnReadCompleted(Transport transport)
    {
        lock (Gate)
        {
            if (_reader != transport) return;
        }

        try
        {
            Handler?.OnReadCompleted();
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }

        lock (Gate) (_reader, _gathering) = (null, false);
        Flush();
    }

    private ValueTask DeliverAsync(EngineMessage message)
    {
        if (Handler is not { } handler) return default;
        try
        {
            var handled = handler.OnMessageAsync(message);
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
        // While the handler makes the peer wait, what it has sent must not wait with it.
        lock (Gate) _gathering = false;
        Flush();
        try
        {
            await handled;
        }
        catch (Exception error)
        {
            Log.HandlerFailed(_logger, error);
        }
    }

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
