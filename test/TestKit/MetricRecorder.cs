using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;

namespace TestKit;

/// <summary>What the instruments of one host's meters have said, by instrument and tags: <c>name{tag=value,…}</c>, tags in order of name.</summary>
public sealed class MetricRecorder : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _sums = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, double> _gauges = new(StringComparer.Ordinal);
    private readonly MeterListener _listener = new();

    /// <summary>Listens to the meters with this name that the host's factory made.</summary>
    public MetricRecorder(IServiceProvider services, string meter)
    {
        var factory = services.GetRequiredService<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter && instrument.Meter.Scope == factory) listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Record(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Record(instrument, 1, tags));
        _listener.Start();
    }

    /// <summary>The sum of a counter, the number of a histogram's records, or an observed value now; zero for what was never said.</summary>
    public double this[string key]
    {
        get
        {
            _gauges.Clear();
            _listener.RecordObservableInstruments();
            return _gauges.TryGetValue(key, out var gauge) ? gauge : _sums.GetValueOrDefault(key);
        }
    }

    /// <summary>Everything that was said.</summary>
    public override string ToString() => string.Join(Environment.NewLine, _sums.Concat(_gauges).Select(pair => $"{pair.Key} {pair.Value}"));

    public Task UntilAsync(string key, double value) => Deadline.UntilAsync(() => this[key].Equals(value), $"{key} to be {value}; there are {this}");

    public void Dispose() => _listener.Dispose();

    private void Record(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var list = string.Join(',', tags.ToArray().OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}={tag.Value}"));
        var key = list.Length == 0 ? instrument.Name : $"{instrument.Name}{{{list}}}";
        if (instrument.IsObservable) _gauges[key] = value;
        else _sums.AddOrUpdate(key, value, (_, sum) => sum + value);
    }
}
