using System.Net.NetworkInformation;

namespace EngineIO.Client;

/// <summary>Tells sessions that the machine has lost its network. Listens to the system only while there are sessions, so that the event, which is static, holds none of them. Thread-safe.</summary>
/// <param name="start">Begins to listen: <see cref="Report"/> is to be called then.</param>
/// <param name="stop">Ends it.</param>
internal sealed class NetworkWatch(Action start, Action stop)
{
    private readonly object _gate = new();
    private readonly HashSet<EngineClient> _sessions = [];

    /// <summary>That of the machine.</summary>
    public static NetworkWatch System { get; } = new(
        static () => NetworkChange.NetworkAvailabilityChanged += OnChanged,
        static () => NetworkChange.NetworkAvailabilityChanged -= OnChanged);

    public void Add(EngineClient session)
    {
        lock (_gate)
        {
            if (_sessions.Add(session) && _sessions.Count == 1) Try(start);
        }
    }

    public void Remove(EngineClient session)
    {
        lock (_gate)
        {
            if (_sessions.Remove(session) && _sessions.Count == 0) Try(stop);
        }
    }

    public bool Watches(EngineClient session)
    {
        lock (_gate) return _sessions.Contains(session);
    }

    public void Report(bool isAvailable)
    {
        if (isAvailable) return;
        EngineClient[] sessions;
        lock (_gate) sessions = [.. _sessions];
        foreach (var session in sessions) PoolWork.Run(static session => session.OnNetworkLost(), session);
    }

    private static void OnChanged(object? sender, NetworkAvailabilityEventArgs change) => System.Report(change.IsAvailable);

    // Not every platform knows; sessions then learn it from their heartbeat.
    private static void Try(Action listening)
    {
        try
        {
            listening();
        }
        catch (Exception error) when (error is NetworkInformationException or PlatformNotSupportedException or NotImplementedException or DllNotFoundException or EntryPointNotFoundException)
        {
        }
    }
}
