namespace SocketIO.Core.Tests;

/// <summary>An acknowledgement that no handler has been given serves the next event.</summary>
public sealed class AllocationAckTests
{
    [Fact]
    public async Task An_object_that_nobody_was_given_serves_again()
    {
        var target = new Target();
        Ack? last = null;
        var first = Ack.Next(ref last, target, 1);
        await first.SendAsync("a");
        var second = Ack.Next(ref last, target, 2);
        Assert.Same(first, second);
        Assert.False(second.IsSent);
        await second.SendAsync("b");
        Assert.Equal([1, 2], target.Ids);
    }

    [Fact]
    public async Task An_object_that_somebody_was_given_stays_that_of_its_event()
    {
        var target = new Target();
        Ack? last = null;
        var kept = Ack.Next(ref last, target, 1).Keep();
        var next = Ack.Next(ref last, target, 2);
        Assert.NotSame(kept, next);
        await kept.SendAsync();
        await next.SendAsync();
        Assert.Equal([1, 2], target.Ids);
    }

    private sealed class Target : IAckTarget
    {
        public List<long> Ids { get; } = [];

        public ValueTask SendAckAsync(long id, ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
        {
            Ids.Add(id);
            return default;
        }
    }
}
