using Parity;

namespace Architecture.Tests;

/// <summary><c>docs/parity.md</c> says what the tests and the public surface say.</summary>
public sealed class ParityTests
{
    internal static ParityReport Report { get; } = ParityReport.Read(SourceTree.Root);

    [Fact]
    public void Report_is_up_to_date() =>
        Assert.True(Report.Text == File.ReadAllText(Report.Path), "docs/parity.md is stale: dotnet run --project eng/Parity");

    [Fact]
    public void Traits_name_listed_ids() => Assert.Empty(Report.Faults);

    [Fact]
    public void Public_members_exist() => Assert.All(Report.Items.SelectMany(item => item.Members).Distinct(), name => Assert.True(PublicSurface.Has(name), name));
}
