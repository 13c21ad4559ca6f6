namespace Client;

/// <summary>What one round trip costs.</summary>
/// <param name="Time">From the call to the answer.</param>
/// <param name="Cpu">User and system time of the client's process.</param>
/// <param name="Bytes">Allocated bytes.</param>
internal sealed record Cost(TimeSpan Time, TimeSpan Cpu, double Bytes)
{
    public static Cost Median(IReadOnlyCollection<Cost> costs) => new(
        Middle(costs.Select(static cost => cost.Time)), Middle(costs.Select(static cost => cost.Cpu)), Middle(costs.Select(static cost => cost.Bytes)));

    private static T Middle<T>(IEnumerable<T> values)
    {
        T[] sorted = [.. values.Order()];
        return sorted[sorted.Length / 2];
    }
}
