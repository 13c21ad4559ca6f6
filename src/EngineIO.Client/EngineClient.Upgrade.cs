using EngineIO.Client.Transports;

namespace EngineIO.Client;

public sealed partial class EngineClient
{
    private static readonly EngineFrame s_probePing = EngineFrame.Text("2probe"u8.ToArray());
    private static readonly EngineFrame s_upgrade = EngineFrame.Text("5"u8.ToArray());

    // Guarded by the gate: the transports that are being tried; one has answered, and the switch is under way.
    private readonly List<Probe> _probes = [];
    private bool _isUpgrading;

    private void StartProbes(EngineHandshakeData handshake)
    {
        List<Probe> probes = [];
        lock (_gate)
        {
            if (_state != EngineClientState.Open || _transport is not { } current) return;
            // Ours that the server offers, not the other way round: its list may be as long as it likes.
            foreach (string name in _names)
            {
                if (name == current.Name || !handshake.Upgrades.Contains(name) || name == ClientTransports.Polling) continue;
                probes.Add(new(_createTransport(name)));
            }

            _probes.AddRange(probes);
            foreach (var probe in probes) _transports.Add(probe.Transport);
        }

        Log.StartingProbes(_logger);
        foreach (var probe in probes)
        {
            Log.Probing(_logger, probe.Name);
            LogCreating(probe.Name);
            Memory.ReachedWebSocket = false;
            probe.Transport.Open();
        }
    }

    private Probe? ProbeOf(ClientTransport transport)
    {
        foreach (var probe in _probes)
        {
            if (probe.Transport == transport) return probe;
        }

        return null;
    }

    private void SendProbe(Probe probe)
    {
        Log.ProbeOpened(_logger, probe.Name);
        var writing = WriteProbeAsync(probe);
        if (!writing.IsCompleted) _ = writing.AsTask();
    }

    private async ValueTask WriteProbeAsync(Probe probe)
    {
        try
        {
            await probe.Transport.WriteAsync([new(s_probePing, Compress: false)]).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            Fail(probe, error.Message, error);
        }
    }

    private void OnProbePacket(ClientTransport transport, EnginePacket packet)
    {
        Probe? probe;
        bool isAnswer = packet is { Type: EnginePacketType.Pong, IsBinary: false } && packet.Data.Span.SequenceEqual("probe"u8);
        ClientTransport? previous = null;
        List<Probe> others = [];
        lock (_gate)
        {
            probe = ProbeOf(transport);
            // Only the first packet counts.
            if (probe is null || probe.IsAnswered) return;
            probe.IsAnswered = true;
            if (isAnswer)
            {
                if (_isUpgrading || _state is EngineClientState.Closing or EngineClientState.Closed) return;
                _isUpgrading = true;
                previous = _transport;
                others.AddRange(_probes.Where(other => other != probe));
            }
        }

        if (!isAnswer)
        {
            Log.ProbeFailed(_logger, probe.Name);
            Fail(probe, message: null, cause: null);
            return;
        }

        Log.ProbePong(_logger, probe.Name);
        Raise(Upgrading, probe.Name);
        Memory.ReachedWebSocket = probe.Name == ClientTransports.WebSocket;
        foreach (var other in others) GiveUp(other);
        Log.PausingTransport(_logger, previous!.Name);
        previous.Pause(() => Switch(probe, previous));
    }

    /// <summary>Nothing is under way on the previous transport any more: the session moves.</summary>
    private void Switch(Probe probe, ClientTransport previous)
    {
        lock (_gate)
        {
            if (_state == EngineClientState.Closed || !_probes.Remove(probe)) return;
            _transport = probe.Transport;
            _queue.AddFirst(s_upgrade);
            _isUpgrading = false;
            _transports.Remove(previous);
        }

        Log.ChangingTransport(_logger);
        Log.SettingTransport(_logger, probe.Name);
        Log.ClearingTransport(_logger, previous.Name);
        previous.Retire();
        Flush();
        Raise(Upgraded, probe.Name);
        EndIfDone();
    }

    /// <summary>A probe has failed: the session stays where it is.</summary>
    private void Fail(Probe probe, string? message, Exception? cause)
    {
        ClientTransport? current = null;
        lock (_gate)
        {
            if (!_probes.Remove(probe)) return;
            if (probe.IsAnswered && _isUpgrading)
            {
                _isUpgrading = false;
                current = _transport;
            }
        }

        if (message is not null) Log.ProbeFailedBecause(_logger, probe.Name, message);
        probe.Transport.Close();
        current?.Resume();
        RaiseUpgradeFailed(probe, message, cause);
        Flush();
        EndIfDone();
    }

    private void GiveUp(Probe probe)
    {
        lock (_gate)
        {
            if (!_probes.Remove(probe)) return;
        }

        probe.Transport.Close();
    }

    private void RaiseUpgradeFailed(Probe probe, string? message, Exception? cause)
    {
        var failure = cause as EngineClientException;
        Raise(UpgradeFailed, new(message is null ? "probe error" : $"probe error: {message}", EngineClientStage.Probe, cause)
        {
            Transport = probe.Name,
            Url = UrlOf(probe.Transport),
            StatusCode = failure?.StatusCode,
            CloseCode = failure?.CloseCode,
            CloseDescription = failure?.CloseDescription,
            Detail = cause is not null ? null : message ?? "the server did not answer the probe with a pong",
        });
    }

    /// <summary>A transport that is being tried.</summary>
    private sealed class Probe(ClientTransport transport)
    {
        public ClientTransport Transport { get; } = transport;

        public string Name => Transport.Name;

        public bool IsAnswered { get; set; }
    }
}
