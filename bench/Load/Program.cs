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
    var scenarios = all.Where(scenario => options.Only is not { } names || names.Contains(scenario.Name)).ToArray();
    var load = Machine.LoadAverage();
    var results = new Runner(options, servers, scenarios).Run();

    Console.WriteLine();
    Console.Write(Table.Write(results, servers, scenarios));
    Console.WriteLine($"\nMedians of {options.Runs} runs; in brackets {ServerCatalog.Ours} ÷ peer within the run. µs: the server's CPU time, or latency.");
    Console.WriteLine($"{Machine.Describe()}; {string.Join(", ", catalog.Versions())}; load average {load} before, {Machine.LoadAverage()} after.");
    return 0;
}
catch (LoadException problem)
{
    Console.Error.WriteLine($"FAILED: {problem.Message}");
    return 1;
}
