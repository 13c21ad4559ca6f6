using Load;
using Load.Running;
using Load.Scenarios;

// Started by bench.sh, which builds what is started here.
try
{
    var options = LoadOptions.Parse(args);
    var servers = ServerCatalog.Find(options);
    var scenarios = ScenarioCatalog.All.Where(scenario => options.Only is not { } names || names.Contains(scenario.Name)).ToArray();
    var machine = Machine.Describe();
    var results = new Runner(options, servers, scenarios).Run();

    Console.WriteLine($"\n{machine}; medians of {options.Runs} runs, in brackets: {ServerCatalog.Ours} ÷ peer\n");
    Console.Write(Table.Write(results, servers, scenarios));
    return 0;
}
catch (LoadException problem)
{
    Console.Error.WriteLine($"FAILED: {problem.Message}");
    return 1;
}
