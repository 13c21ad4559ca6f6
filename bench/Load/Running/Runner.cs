using Load.Scenarios;

namespace Load.Running;

/// <summary>Runs every scenario on every server, run after run, the servers in turn within each.</summary>
internal sealed class Runner(LoadOptions options, IReadOnlyList<ServerKind> servers, IReadOnlyList<ScenarioEntry> scenarios) : IDisposable
{
    private readonly ServerProcess?[] _processes = new ServerProcess?[servers.Count];
    private readonly HashSet<(string Server, string Scenario)> _warm = [];

    public Results Results { get; } = new();

    /// <summary>Whether a server has answered wrongly, or not at all.</summary>
    public bool HasFailed { get; private set; }

    public void Run()
    {
        for (var run = 1; run <= options.Runs; run++)
        {
            foreach (var scenario in scenarios)
            {
                // Each run begins with another server, so that none has always the same neighbour.
                for (var i = 0; i < servers.Count; i++)
                {
                    var server = (i + run - 1) % servers.Count;
                    if (!scenario.Skips.Contains(servers[server].Name)) Measure(run, scenario, server);
                }
            }
        }
    }

    public void Dispose()
    {
        foreach (var process in _processes) process?.Dispose();
    }

    private void Measure(int run, ScenarioEntry scenario, int server)
    {
        var name = servers[server].Name;
        try
        {
            var process = _processes[server] ??= ServerProcess.Start(servers[server], options.ServerCore);
            var isWarm = !_warm.Add((name, scenario.Name));
            var settings = new RunSettings { Warmup = isWarm ? TimeSpan.FromSeconds(1) : options.Warmup, Window = options.Window };
            foreach (var figure in scenario.Create().Run(process, settings))
            {
                Results.Add(run, name, figure);
                settings.Note($"{figure.Row} {figure.Value:0.00}");
            }

            Console.Error.WriteLine($"run {run}  {scenario.Name,-10} {name,-10} {settings.Notes}");
        }
        catch (Exception problem) when (problem is LoadException or IOException)
        {
            Console.Error.WriteLine($"run {run}  {scenario.Name,-10} {name,-10} FAILED: {problem.Message}");
            HasFailed = true;
            StartAnew(server);
        }
    }

    // What it has been left with is nobody's measure.
    private void StartAnew(int server)
    {
        _processes[server]?.Dispose();
        _processes[server] = null;
        _warm.RemoveWhere(entry => entry.Server == servers[server].Name);
    }
}
