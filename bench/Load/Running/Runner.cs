using Load.Scenarios;

namespace Load.Running;

/// <summary>Runs every scenario on every server, run after run, the servers in turn within each.</summary>
internal sealed class Runner(LoadOptions options, IReadOnlyList<ServerKind> servers, IReadOnlyList<ScenarioEntry> scenarios)
{
    private readonly Results _results = new();
    private readonly HashSet<(string Server, string Scenario)> _warm = [];

    /// <exception cref="LoadException">A server has answered wrongly, or not at all.</exception>
    public Results Run()
    {
        var processes = new List<ServerProcess>();
        try
        {
            foreach (var server in servers) processes.Add(ServerProcess.Start(server, options.ServerCore));
            for (var run = 1; run <= options.Runs; run++)
            {
                foreach (var scenario in scenarios)
                {
                    // Each run begins with another server, so that none has always the same neighbour.
                    for (var i = 0; i < processes.Count; i++) Measure(run, scenario, processes[(i + run - 1) % processes.Count]);
                }
            }
        }
        finally
        {
            foreach (var process in processes) process.Dispose();
        }

        return _results;
    }

    private void Measure(int run, ScenarioEntry scenario, ServerProcess server)
    {
        var name = server.Kind.Name;
        if (scenario.Skips.Contains(name)) return;
        var isWarm = !_warm.Add((name, scenario.Name));
        var settings = new RunSettings { Warmup = isWarm ? TimeSpan.FromSeconds(1) : options.Warmup, Window = options.Window };
        try
        {
            foreach (var figure in scenario.Create().Run(server, settings))
            {
                _results.Add(run, name, figure);
                settings.Note($"{figure.Row} {figure.Value:0.00}");
            }
        }
        catch (Exception problem) when (problem is LoadException or IOException)
        {
            throw new LoadException($"{scenario.Name} on {name}: {problem.Message}");
        }

        Console.Error.WriteLine($"run {run}  {scenario.Name,-10} {name,-10} {settings.Notes}");
    }
}
