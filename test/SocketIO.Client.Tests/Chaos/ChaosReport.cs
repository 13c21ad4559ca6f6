using System.Collections.Concurrent;
using System.Globalization;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>What a crowd went through. Thread-safe.</summary>
internal sealed class ChaosReport
{
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly ConcurrentQueue<WeakReference> _managers = new();
    private long _slowestDispose;

    /// <summary>What must not happen.</summary>
    public IReadOnlyCollection<string> Faults => _faults;

    public int Connections => _counts.GetValueOrDefault("connections");

    public int Acknowledgements => _counts.GetValueOrDefault("acknowledged");

    /// <summary>The managers that somebody still holds.</summary>
    public int LivingManagers => _managers.Count(static manager => manager.IsAlive);

    public void Fault(string text) => _faults.Enqueue(text);

    public void Watch(SocketManager manager) => _managers.Enqueue(new WeakReference(manager));

    public void Connected() => Count("connections");

    public void Disconnected(string reason) => Count(reason);

    public void Acknowledged() => Count("acknowledged");

    public void Failed(Exception error) => Count(error.GetType().Name);

    public void Proxied(string fault) => Count($"[{fault.Split(" for ")[0].Split(" of ")[0]}]");

    public void Disposed(TimeSpan time, TimeSpan limit)
    {
        Count("disposals");
        long slowest;
        while ((slowest = Volatile.Read(ref _slowestDispose)) < time.Ticks) Interlocked.CompareExchange(ref _slowestDispose, time.Ticks, slowest);
        // A loaded machine takes its time.
        if (time > limit + TimeSpan.FromSeconds(2)) Fault($"DisposeAsync took {time}");
    }

    public override string ToString() =>
        string.Join(", ", _counts.OrderBy(static count => count.Key, StringComparer.Ordinal).Select(static count => $"{count.Key}: {count.Value}"))
        + string.Create(CultureInfo.InvariantCulture, $"; slowest DisposeAsync: {new TimeSpan(_slowestDispose).TotalMilliseconds:0} ms");

    private void Count(string what) => _counts.AddOrUpdate(what, 1, static (_, count) => count + 1);
}
