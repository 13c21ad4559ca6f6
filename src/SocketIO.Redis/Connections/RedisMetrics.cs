using System.Diagnostics.Metrics;

namespace SocketIO.Redis.Connections;

/// <summary>What the adapters on Redis tell of themselves to <c>System.Diagnostics.Metrics</c>.</summary>
internal sealed class RedisMetrics
{
    public const string MeterName = "SocketIO.Redis";

    private readonly Counter<long> _published;
    private readonly Counter<long> _publishFailures;
    private readonly Counter<long> _handlerFailures;
    private readonly Counter<long> _malformed;
    private readonly Counter<long> _outages;
    private readonly Counter<long> _resubscriptions;

    public RedisMetrics(IMeterFactory? factory = null)
    {
        var meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _published = meter.CreateCounter<long>("socketio.redis.published_messages", "{message}", "Messages that Redis confirmed.");
        _publishFailures = meter.CreateCounter<long>("socketio.redis.publish_failures", "{message}", "Messages that Redis did not confirm.");
        _handlerFailures = meter.CreateCounter<long>("socketio.redis.handler_failures", "{message}", "Messages whose handling failed.");
        _malformed = meter.CreateCounter<long>("socketio.redis.malformed_messages", "{message}", "Messages on the cluster's channels that were none, and were dropped.");
        _outages = meter.CreateCounter<long>("socketio.redis.outages", "{outage}", "Times that Redis could not be reached.");
        _resubscriptions = meter.CreateCounter<long>("socketio.redis.resubscriptions", "{resubscription}", "Times that a server noticed that it was deaf, and subscribed anew.");
    }

    public void Published() => _published.Add(1);

    public void PublishFailed() => _publishFailures.Add(1);

    public void HandlerFailed() => _handlerFailures.Add(1);

    public void Malformed() => _malformed.Add(1);

    public void OutageBegan() => _outages.Add(1);

    public void Healed() => _resubscriptions.Add(1);
}
