using Load.Scenarios;

namespace Load.Running;

/// <summary>The figures of all runs.</summary>
internal sealed class Results
{
    private readonly Dictionary<(string Row, string Server), Dictionary<int, double>> _figures = [];

    public void Add(int run, string server, Figure figure)
    {
        var key = (figure.Row, server);
        if (!_figures.TryGetValue(key, out var runs)) _figures[key] = runs = [];
        runs[run] = figure.Value;
    }

    public double? Median(string row, string server) => _figures.TryGetValue((row, server), out var runs) ? Median(runs.Values) : null;

    /// <summary>The median of the runs' ratios: what disturbed a run has disturbed both.</summary>
    public double? Ratio(string row, string server, string other)
    {
        if (!_figures.TryGetValue((row, server), out var ours) || !_figures.TryGetValue((row, other), out var theirs)) return null;
        var ratios = ours.Where(run => theirs.ContainsKey(run.Key)).Select(run => run.Value / theirs[run.Key]).ToArray();
        return ratios.Length == 0 ? null : Median(ratios);
    }

    private static double Median(IReadOnlyCollection<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
