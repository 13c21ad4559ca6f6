using System.Globalization;
using System.Text;
using Load.Scenarios;

namespace Load.Running;

/// <summary>The results as markdown.</summary>
internal static class Table
{
    public static string Write(Results results, IReadOnlyList<ServerKind> servers, IReadOnlyList<ScenarioEntry> scenarios)
    {
        var text = new StringBuilder("| scenario | unit |");
        foreach (var server in servers) text.Append(CultureInfo.InvariantCulture, $" {server.Name} |");
        text.Append("\n|---|---|").Insert(text.Length, "--:|", servers.Count).Append('\n');
        foreach (var row in scenarios.SelectMany(scenario => scenario.Rows))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {row.Title} | {row.Unit} |");
            foreach (var server in servers) text.Append(CultureInfo.InvariantCulture, $" {Cell(results, row.Name, server.Name)} |");
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Cell(Results results, string row, string server)
    {
        if (results.Median(row, server) is not { } median) return "–";
        var cell = median.ToString(median switch { < 10 => "0.00", < 100 => "0.0", _ => "0" }, CultureInfo.InvariantCulture);
        return server != ServerCatalog.Ours && results.Ratio(row, ServerCatalog.Ours, server) is { } ratio
            ? string.Create(CultureInfo.InvariantCulture, $"{cell} ({ratio:0.00}×)")
            : cell;
    }
}
