namespace Load.Scenarios;

/// <summary>A scenario in the catalog.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Create">Makes it, once for each run.</param>
/// <param name="Rows">What it measures.</param>
internal sealed record ScenarioEntry(string Name, Func<IScenario> Create, params IReadOnlyList<Row> Rows)
{
    /// <summary>Servers that have nothing like it.</summary>
    public IReadOnlyList<string> Skips { get; init; } = [];
}
