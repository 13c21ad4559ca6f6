using System.Collections.Concurrent;
using TestKit;

namespace SocketIO.Client.Tests;

/// <summary>What happened, in order, from any thread.</summary>
internal sealed class Trace
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line) => _lines.Enqueue(line);

    public Task UntilAsync(string line) => Deadline.UntilAsync(() => _lines.Contains(line), $"\"{line}\" after: {string.Join(" | ", _lines)}");

    public Task UntilAsync(int count) => Deadline.UntilAsync(() => _lines.Count >= count, $"{count} lines, not: {string.Join(" | ", _lines)}");
}
