using System.Collections.Concurrent;

namespace TestKit;

/// <summary>What happened, in order, from any thread.</summary>
public sealed class Trace
{
    private readonly ConcurrentQueue<string> _lines = new();

    public IReadOnlyList<string> Lines => [.. _lines];

    public void Add(string line) => _lines.Enqueue(line);

    public int CountOf(string line) => _lines.Count(other => other == line);

    public Task UntilAsync(string line, int times = 1) => UntilAsync(() => CountOf(line) >= times, $"\"{line}\"");

    public Task UntilAsync(int count) => UntilAsync(() => _lines.Count >= count, $"{count} lines");

    private async Task UntilAsync(Func<bool> condition, string what)
    {
        try
        {
            await Deadline.UntilAsync(condition, what).ConfigureAwait(false);
        }
        catch (TimeoutException late)
        {
            throw new TimeoutException($"{late.Message} There were: {string.Join(" | ", _lines)}");
        }
    }
}
