using Load;
using Load.Running;
using Load.Scale;
using Load.Scenarios;

// Started by bench.sh, which builds what is started here.
try
{
    var options = LoadOptions.Parse(args);
    var catalog = new ServerCatalog(options);
    var servers = catalog.Find();
    var all = options.IsScale ? ScaleCatalog.All : ScenarioCatalog.All;
    if (options.Only?.Except(all.Select(scenario => scenario.Name)).FirstOrDefault() is { } unknown)
        throw new LoadException($"there is no scenario {unknown}, but {string.Join(", ", all.Select(scenario => scenario.Name))}");
    var scenarios = all.Where(scenario => options.Only is not { } names || names.Contains(scenario.Name)).ToArray();
    var load = Machine.LoadAverage();
    using var runner = new Runner(options, servers, scenarios);
    runner.Run();

    Console.WriteLine();
    Console.Write(Table.Write(runner.Results, servers, scenarios));
    Console.WriteLine($"\nMedians of {options.Runs} runs; in brackets {ServerCatalog.Ours} ÷ peer within the run. µs: the server's CPU time, or latency.");
    Console.WriteLine($"{Machine.Describe()}; {string.Join(", ", catalog.Versions())}; load average {load} before, {Machine.LoadAverage()} after.");
    return runner.HasFailed ? 1 : 0;
}
catch (LoadException problem)
{
    Console.Error.WriteLine($"FAILED: {problem.Message}");
    return 1;
}
