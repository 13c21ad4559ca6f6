using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace SocketIO.AspNetCore.Diagnostics;

/// <summary>What a server tells of itself to <c>System.Diagnostics.Metrics</c>, named as OpenTelemetry names things. An instrument to which nobody listens costs
/// one comparison.</summary>
internal sealed class SocketIOMetrics : IDisposable
{
    public const string MeterName = "SocketIO.AspNetCore";

    /// <summary>Stands for names that would make too many series: events that the application does not listen to, namespaces past the first hundred.</summary>
    public const string Other = "_other";

    private const int MaxNamespaces = 100;
    private const string Namespace = "socketio.namespace";
    private const string Direction = "network.io.direction";

    private readonly SocketIOServer _server;
    private readonly Meter _meter;
    private readonly bool _ownsMeter;
    private readonly ConcurrentDictionary<string, byte> _namespaces = new(StringComparer.Ordinal);
    private readonly Counter<long> _events;
    private readonly Histogram<double> _eventDuration;
    private readonly Counter<long> _handlerErrors;
    private readonly Counter<long> _malformedPackets;
    private readonly Counter<long> _rateLimitedEvents;
    private readonly Counter<long> _malformedMessages;
    private readonly Counter<long> _failedPublishes;
    private readonly Counter<long> _recoveries;

    // The dictionary's own count takes all its locks, for each event.
    private int _namespaceCount;

    public SocketIOMetrics(SocketIOServer server, IMeterFactory? factory)
    {
        _server = server;
        _ownsMeter = factory is null;
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _meter.CreateObservableUpDownCounter("socketio.server.active_sockets", CountSockets, "{socket}", "Connected sockets at this moment, by namespace.");
        _events = _meter.CreateCounter<long>("socketio.server.events", "{event}", "Events received, and events sent to sockets; one that is broadcast counts for each receiver.");
        _eventDuration = _meter.CreateHistogram<double>("socketio.server.event.duration", "s", "How long the handlers of a received event took.");
        _handlerErrors = _meter.CreateCounter<long>("socketio.server.handler_errors", "{error}", "Functions of the application that failed.");
        _malformedPackets = _meter.CreateCounter<long>("socketio.server.malformed_packets", "{packet}", "Packets that could not be decoded; each ended its connection.");
        _rateLimitedEvents = _meter.CreateCounter<long>("socketio.server.rate_limited_events", "{event}", "Events that a rate limiter refused.");
        _malformedMessages = _meter.CreateCounter<long>(
            "socketio.server.cluster.malformed_messages", "{message}", "Messages of the cluster that were none, and were dropped; by namespace.");
        _failedPublishes = _meter.CreateCounter<long>(
            "socketio.server.cluster.failed_publishes", "{message}", "Messages and answers that could not be sent to the other servers of the cluster; by namespace.");
        _meter.CreateObservableUpDownCounter(
            "socketio.server.cluster.outages", CountOutages, "{namespace}", "Namespaces that cannot reach the other servers of the cluster at this moment.");
        _recoveries = _meter.CreateCounter<long>("socketio.server.recoveries", "{recovery}", "Attempts to recover a connection's state, by outcome.");
    }

    public bool MeasuresHandlers => _eventDuration.Enabled;

    public void EventReceived(ServerNamespace ns)
    {
        if (_events.Enabled) _events.Add(1, TagOf(ns), new(Direction, "receive"));
    }

    public void EventSent(ServerNamespace ns)
    {
        if (_events.Enabled) _events.Add(1, TagOf(ns), new(Direction, "transmit"));
    }

    public void EventHandled(ServerNamespace ns, string eventName, TimeSpan duration) =>
        _eventDuration.Record(duration.TotalSeconds, TagOf(ns), new("socketio.event", eventName));

    public void HandlerFailed(HandlerErrorSource source)
    {
        if (_handlerErrors.Enabled) _handlerErrors.Add(1, new KeyValuePair<string, object?>("socketio.error.source", source.ToString()));
    }

    public void MalformedPacket() => _malformedPackets.Add(1);

    public void EventRateLimited(ServerNamespace ns)
    {
        if (_rateLimitedEvents.Enabled) _rateLimitedEvents.Add(1, TagOf(ns));
    }

    public void MalformedMessage(ServerNamespace ns)
    {
        if (_malformedMessages.Enabled) _malformedMessages.Add(1, TagOf(ns));
    }

    public void PublishFailed(ServerNamespace ns)
    {
        if (_failedPublishes.Enabled) _failedPublishes.Add(1, TagOf(ns));
    }

    /// <summary>A client asked for its former state.</summary>
    /// <param name="outcome">What became of it: one of a few fixed words.</param>
    public void RecordRecovery(string outcome) => _recoveries.Add(1, new KeyValuePair<string, object?>("socketio.recovery.outcome", outcome));

    // A factory's meter is the factory's to dispose of.
    public void Dispose()
    {
        if (_ownsMeter) _meter.Dispose();
    }

    private KeyValuePair<string, object?> TagOf(ServerNamespace ns) => new(Namespace, LabelOf(ns.Name));

    // Clients choose the names of dynamic namespaces: the first hundred get a series of their own, for good.
    private string LabelOf(string ns)
    {
        if (_namespaces.ContainsKey(ns)) return ns;
        if (Volatile.Read(ref _namespaceCount) >= MaxNamespaces) return Other;
        if (_namespaces.TryAdd(ns, 0)) Interlocked.Increment(ref _namespaceCount);
        return ns;
    }

    private Measurement<long> CountOutages() =>
        new(_server.Namespaces.Values.Count(static ns => ns.Adapter.Outage is not null), new KeyValuePair<string, object?>("engineio.path", _server.Options.Path));

    private IEnumerable<Measurement<long>> CountSockets()
    {
        var counts = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var ns in _server.Namespaces.Values)
        {
            var label = LabelOf(ns.Name);
            counts[label] = counts.GetValueOrDefault(label) + ns.Sockets.Count;
        }

        // Servers of one host share a meter; the path tells them apart.
        return counts.Select(count => new Measurement<long>(count.Value, new(Namespace, count.Key), new("engineio.path", _server.Options.Path)));
    }
}
