using System.Diagnostics.Metrics;
using EngineIO.AspNetCore.Sending;

namespace EngineIO.AspNetCore.Diagnostics;

/// <summary>What a server tells of itself to <c>System.Diagnostics.Metrics</c>, named as OpenTelemetry names things. An instrument to which nobody listens costs
/// one comparison. Gauges are observed: they are right from the first look, and cost nothing in between.</summary>
internal sealed class EngineMetrics : IDisposable
{
    public const string MeterName = "EngineIO.AspNetCore";

    private const string Transport = "engineio.transport";
    private const string Direction = "network.io.direction";
    private const string Received = "receive";
    private const string Sent = "transmit";

    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly Histogram<double> _sessionDuration;
    private readonly Counter<long> _refusedRequests;
    private readonly Counter<long> _upgrades;
    private readonly Counter<long> _messages;
    private readonly Counter<long> _bytes;
    private readonly Counter<long> _droppedMessages;
    private readonly Counter<long> _malformedPackets;
    private readonly EngineServer _server;

    public EngineMetrics(EngineServer server, IMeterFactory? factory)
    {
        _server = server;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("engineio.server.active_sessions", CountSessions, "{session}", "Sessions at this moment, by transport.");
        _meter.CreateObservableUpDownCounter("engineio.server.send_queue.packets", CountQueuedPackets, "{packet}", "Packets that wait in the send queues of all sessions.");
        _sessionDuration = _meter.CreateHistogram<double>("engineio.server.session.duration", "s", "How long sessions lasted, by last transport and close reason.");
        _refusedRequests = _meter.CreateCounter<long>("engineio.server.refused_requests", "{request}", "Requests that were refused, by code; \"draining\" for handshakes while the server drains.");
        _upgrades = _meter.CreateCounter<long>("engineio.server.upgrades", "{upgrade}", "Upgrades to WebSocket that completed or failed.");
        _messages = _meter.CreateCounter<long>("engineio.server.messages", "{message}", "Messages received and handed to a transport.");
        _bytes = _meter.CreateCounter<long>("engineio.server.io", "By", "Bytes of those messages, without framing.");
        _droppedMessages = _meter.CreateCounter<long>("engineio.server.dropped_messages", "{message}", "Messages that were not sent: volatile ones, and those for a full queue.");
        _malformedPackets = _meter.CreateCounter<long>("engineio.server.malformed_packets", "{packet}", "Packets that could not be decoded.");
    }

    public bool CountsMessages => _messages.Enabled || _bytes.Enabled;

    public void SessionEnded(TimeSpan duration, string transport, string reason)
    {
        if (_sessionDuration.Enabled) _sessionDuration.Record(duration.TotalSeconds, new(Transport, transport), new("engineio.close_reason", reason));
    }

    public void Refused(EngineErrorCode code)
    {
        if (_refusedRequests.Enabled) _refusedRequests.Add(1, new KeyValuePair<string, object?>("error.type", ((int)code).ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }

    public void RefusedBecauseDraining() => _refusedRequests.Add(1, new KeyValuePair<string, object?>("error.type", "draining"));

    public void UpgradeCompleted() => _upgrades.Add(1, new KeyValuePair<string, object?>("engineio.upgrade.outcome", "completed"));

    public void UpgradeFailed() => _upgrades.Add(1, new KeyValuePair<string, object?>("engineio.upgrade.outcome", "failed"));

    public void MessageReceived(string transport, int bytes) => Count(1, bytes, transport, Received);

    /// <summary>Counts the messages of a batch; control packets are none.</summary>
    public void MessagesSent(string transport, List<OutgoingPacket> batch)
    {
        long messages = 0, bytes = 0;
        foreach (var packet in batch)
        {
            if (!packet.IsMessage) continue;
            messages++;
            bytes += packet.Frame.Bytes.Length;
        }

        if (messages > 0) Count(messages, bytes, transport, Sent);
    }

    public void DroppedVolatile(int messages) => _droppedMessages.Add(messages, new KeyValuePair<string, object?>("engineio.drop_reason", "volatile"));

    public void DroppedBecauseFull(int messages) => _droppedMessages.Add(messages, new KeyValuePair<string, object?>("engineio.drop_reason", "queue_full"));

    public void MalformedPacket(string transport) => _malformedPackets.Add(1, new KeyValuePair<string, object?>(Transport, transport));

    // A factory's meter is the factory's to dispose of.
    public void Dispose()
    {
        if (_ownsMeter) _meter.Dispose();
    }

    private void Count(long messages, long bytes, string transport, string direction)
    {
        _messages.Add(messages, new(Transport, transport), new(Direction, direction));
        _bytes.Add(bytes, new(Transport, transport), new(Direction, direction));
    }

    private IEnumerable<Measurement<long>> CountSessions()
    {
        static KeyValuePair<string, object?> Of(string transport) => new(Transport, transport);

        long polling = 0, webSocket = 0;
        foreach (var session in _server.Sessions)
        {
            if (session.State == EngineSessionState.Opening) continue;
            if (session.TransportName == Requests.RequestVerifier.PollingName) polling++;
            else webSocket++;
        }

        return [Measure(polling, Of(Requests.RequestVerifier.PollingName)), Measure(webSocket, Of(Requests.RequestVerifier.WebSocketName))];
    }

    private Measurement<long> CountQueuedPackets()
    {
        long packets = 0;
        foreach (var session in _server.Sessions) packets += session.QueuedPackets;
        return Measure(packets);
    }

    // Servers of one host share a meter; the path tells them apart.
    private Measurement<long> Measure(long value, params ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        new(value, [.. tags, new("engineio.path", _server.Options.Path)]);
}
