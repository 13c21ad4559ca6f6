namespace Load.Scenarios;

/// <summary>A scenario in the catalog.</summary>
/// <param name="Name">What <c>--only</c> calls it.</param>
/// <param name="Unit">Of its figures.</param>
/// <param name="Title">Its first column in the table.</param>
/// <param name="Create">Makes it, once for each run.</param>
internal sealed record ScenarioEntry(string Name, string Unit, string Title, Func<IScenario> Create)
{
    /// <summary>Servers that have nothing like it.</summary>
    public IReadOnlyList<string> Skips { get; init; } = [];
}
