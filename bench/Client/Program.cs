using System.Globalization;
using Client;

// ./bench.sh client [--runs n] [--server-core n]: two clients of .NET at the same work, in turn, against the official server.
int runs = int.Parse(Option("--runs") ?? "5", CultureInfo.InvariantCulture);
string folder = Path.Combine(AppContext.BaseDirectory, "../../../../Load/Servers/JavaScript");
using var server = await NodeServer.StartAsync(folder, Option("--server-core"));
Console.WriteLine("| work | client | time µs | CPU µs | allocated bytes |");
Console.WriteLine("|---|---|--:|--:|--:|");
foreach (var work in Work.All)
{
    var (ours, theirs) = (new List<Cost>(), new List<Cost>());
    for (int run = 0; run < runs; run++)
    {
        ours.Add(await MeasureAsync(work, new Ours()));
        theirs.Add(await MeasureAsync(work, new Theirs()));
    }

    var (our, their) = (Cost.Median(ours), Cost.Median(theirs));
    Write(work, "SocketIO.Client", our, our);
    Write(work, "SocketIOClient", their, our);
}

async Task<Cost> MeasureAsync(Work work, IContender client)
{
    await using (client) return await work.RunAsync(client, server.Address);
}

string? Option(string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

static void Write(Work work, string client, Cost cost, Cost reference) => Console.WriteLine(string.Create(
    CultureInfo.InvariantCulture,
    $"| {work.Name}, {work.Transport} | {client} | {cost.Time.TotalMicroseconds:0} ({cost.Time / reference.Time:0.00}×) | {cost.Cpu.TotalMicroseconds:0} ({cost.Cpu / reference.Cpu:0.00}×) | {cost.Bytes:0} ({cost.Bytes / reference.Bytes:0.0}×) |"));
