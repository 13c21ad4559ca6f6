using System.Diagnostics;

namespace Load.Sockets;

/// <summary>The one thread of the generator: it waits for what is ready and lets each connection advance.</summary>
internal sealed class EventLoop : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    private readonly Poller _poller = new();
    private readonly List<Connection?> _connections = [];
    private readonly Stack<int> _freeTokens = [];

    /// <summary>Advances whatever is ready, after waiting for it this long.</summary>
    public void Turn(int milliseconds)
    {
        var count = _poller.Wait(milliseconds);
        for (var i = 0; i < count; i++) _connections[_poller.Token(i)]?.Advance();
    }

    /// <summary>Turns until a timestamp of <see cref="Stopwatch"/>.</summary>
    public void RunUntil(long timestamp)
    {
        while (Stopwatch.GetTimestamp() < timestamp) Turn(milliseconds: 10);
    }

    public void RunFor(TimeSpan time) => RunUntil(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>Turns until the condition is met.</summary>
    /// <exception cref="LoadException">It is not met in time: the server is silent.</exception>
    public void RunUntil(Func<bool> condition, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            if (Stopwatch.GetElapsedTime(started) > s_patience) throw new LoadException($"{what}: not within {s_patience.TotalSeconds:0} s");
            Turn(milliseconds: 10);
        }
    }

    public void Dispose()
    {
        foreach (var connection in _connections.ToArray()) connection?.Dispose();
        _poller.Dispose();
    }

    internal void Add(Connection connection)
    {
        if (!_freeTokens.TryPop(out var token))
        {
            token = _connections.Count;
            _connections.Add(null);
        }

        connection.Token = token;
        _connections[token] = connection;
        _poller.Add(connection.File, token, reading: true, writing: true);
    }

    internal void Update(Connection connection, bool reading, bool writing) => _poller.Modify(connection.File, connection.Token, reading, writing);

    // Closing the file takes it out of the epoll set.
    internal void Remove(Connection connection)
    {
        _connections[connection.Token] = null;
        _freeTokens.Push(connection.Token);
    }
}
