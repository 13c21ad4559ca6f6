using System.Globalization;
using System.Text;

namespace Parity;

/// <summary><c>docs/parity.md</c>: what is promised, by which member it is kept, and which tests prove it.</summary>
internal sealed class ParityReport
{
    private const int TestsShown = 3;

    private readonly TestTraits _tests;

    private ParityReport(string path, IReadOnlyList<ParityItem> items, IReadOnlyList<ParityItem> behaviours, TestTraits tests)
    {
        (Path, Items, Behaviours, _tests) = (path, items, behaviours, tests);
        var known = items.Concat(behaviours).Select(item => item.Id).ToList();
        Faults =
        [
            .. known.GroupBy(id => id, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => $"{group.Key} is listed twice."),
            .. tests.Ids.Except(known, StringComparer.Ordinal).Select(id => $"{id} is not listed, but {string.Join(", ", tests.Of(id))} names it."),
        ];
        Text = Write();
    }

    public string Path { get; }

    public string Text { get; }

    public IReadOnlyList<ParityItem> Items { get; }

    public IReadOnlyList<ParityItem> Behaviours { get; }

    /// <summary>What is wrong with the tables or the traits.</summary>
    public IReadOnlyList<string> Faults { get; }

    /// <summary>Reads the tables and the tests of the repository at <paramref name="root"/>.</summary>
    public static ParityReport Read(string root)
    {
        string File(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([root, .. parts]);
        return new ParityReport(
            File("docs", "parity.md"),
            ParityItem.Read(File("eng", "Parity", "spec.tsv")),
            ParityItem.Read(File("eng", "Parity", "behaviours.tsv")),
            new TestTraits(File("test")));
    }

    private string Write()
    {
        var text = new StringBuilder(
            """
            # Parity with the reference

            Written by `dotnet run --project eng/Parity` from `eng/Parity/*.tsv` and the traits of the tests; do not edit it. A test that proves an item bears its id:
            `[Trait("Spec", "EIO-ERR-02")]`, `[Trait("Behaviour", "engine.io/test/server.js:45")]`; so does a row of its data or a check of its script. A class stands for all of
            its tests. **unproven** means that no test names the item; a note in its place says why none is due.

            ## Totals

            | | items | no test due | proven | unproven |
            |---|---:|---:|---:|---:|

            """);
        AppendTotals(text, "Specification", Items);
        foreach (var suite in Behaviours.GroupBy(SuiteOf)) AppendTotals(text, $"Official tests of `{suite.Key}`", [.. suite]);

        text.Append("\n## Specification, item by item\n");
        foreach (var family in Items.GroupBy(item => item.Family))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {family.Key}\n\n| id | what | public member | proven by |\n|---|---|---|---|\n");
            foreach (var item in family)
                text.Append(CultureInfo.InvariantCulture, $"| {item.Id} | {item.What} | {Code(item.Members)} | {Proof(item)} |\n");
        }

        text.Append("\n## Behaviours of the official packages' own tests\n\nWhat the tests of the official packages assert, as far as it is not about Node.js or browsers alone.\n");
        foreach (var file in Behaviours.GroupBy(item => item.Family))
        {
            text.Append(CultureInfo.InvariantCulture, $"\n### {file.Key}\n\n| line | what | proven by |\n|---:|---|---|\n");
            foreach (var item in file)
                text.Append(CultureInfo.InvariantCulture, $"| {item.Id[(file.Key.Length + 1)..]} | {item.What} | {Proof(item)} |\n");
        }

        return text.ToString();
    }

    private void AppendTotals(StringBuilder text, string what, IReadOnlyList<ParityItem> items)
    {
        var due = items.Where(item => item.IsDue || _tests.Of(item.Id).Count > 0).ToList();
        var proven = due.Count(item => _tests.Of(item.Id).Count > 0);
        text.Append(CultureInfo.InvariantCulture, $"| {what} | {items.Count} | {items.Count - due.Count} | {proven} | {due.Count - proven} |\n");
    }

    private string Proof(ParityItem item)
    {
        var tests = _tests.Of(item.Id);
        if (tests.Count == 0) return item.IsDue ? "**unproven**" : item.Note;
        var more = tests.Count - TestsShown;
        return Code(tests.Take(TestsShown)) + (more > 0 ? string.Create(CultureInfo.InvariantCulture, $" and {more} more") : "");
    }

    private static string SuiteOf(ParityItem behaviour) => behaviour.Id[..behaviour.Id.IndexOf('/', StringComparison.Ordinal)];

    private static string Code(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"`{name}`"));
}
