using SocketIO.Client.Internal;

namespace SocketIO.Client.Tests;

/// <summary>How long attempts wait.</summary>
public sealed class BackoffTests
{
    private static readonly TimeSpan s_min = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_max = TimeSpan.FromSeconds(5);

    [Fact, Trait("Spec", "CLI-REC-04"), Trait("Spec", "CLI-OPT-15")]
    public void WithoutJitterTheTimeDoublesUpToItsLimit()
    {
        var backoff = new Backoff(() => 0.7);
        Assert.Equal([10, 20, 40, 80, 100, 100], Enumerable.Range(0, 6).Select(_ => backoff.Next(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100), 0).TotalMilliseconds));
        backoff.Reset();
        Assert.Equal(10, backoff.Next(TimeSpan.FromMilliseconds(10), TimeSpan.FromMilliseconds(100), 1.5).TotalMilliseconds);
    }

    [Theory, Trait("Spec", "CLI-REC-03")]
    [InlineData(0.25, 0, 875)] // floor(10 × 0.25) = 2, even: minus floor(0.25 × 0.5 × 1000)
    [InlineData(0.35, 0, 1175)]
    [InlineData(0.99, 0, 1495)]
    [InlineData(0.05, 1, 1950)]
    [InlineData(0.15, 1, 2150)]
    [InlineData(0.8, 2, 2400)]
    [InlineData(0.99, 3, 5000)]
    [InlineData(0.3333, 3, 5000)]
    public void TheJitterIsTheReferences(double draw, int attempt, double milliseconds)
    {
        var backoff = new Backoff(() => draw);
        for (int i = 0; i < attempt; i++) backoff.Next(s_min, s_max, 0.5);
        Assert.Equal(milliseconds, backoff.Next(s_min, s_max, 0.5).TotalMilliseconds);
    }

    [Fact, Trait("Spec", "CLI-REC-03"), Trait("Spec", "CLI-OPT-13"), Trait("Spec", "CLI-OPT-14")]
    public void WithDefaultsTheWaitsStayInTheirRanges()
    {
        (double Low, double High)[] ranges = [(500, 1500), (1000, 3000), (2000, 5000), (4000, 5000), (5000, 5000), (5000, 5000)];
        var random = new Random(1);
        for (int series = 0; series < 1000; series++)
        {
            var backoff = new Backoff(random.NextDouble);
            foreach (var (low, high) in ranges) Assert.InRange(backoff.Next(s_min, s_max, 0.5).TotalMilliseconds, low, high);
        }
    }
}
