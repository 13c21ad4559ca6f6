using System.Globalization;
using System.Runtime.InteropServices;

namespace Load.Running;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    private const int FilesOfItsOwn = 500;

    public static string Describe()
    {
        var processors = File.ReadAllLines("/proc/cpuinfo");
        var cores = processors.Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        var model = processors.FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        return $"{cores} cores ({model ?? RuntimeInformation.ProcessArchitecture.ToString()}), Linux {kernel}";
    }

    /// <summary>User and system time of all processes.</summary>
    public static TimeSpan CpuTime()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries); // cpu user nice system idle …
        return ServerProcess.FromTicks(fields[1..4].Sum(field => long.Parse(field, CultureInfo.InvariantCulture)));
    }

    /// <summary>As many of these connections as the limit of open files allows to a process that needs some for itself.</summary>
    public static int Connections(int wanted)
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files", StringComparison.Ordinal))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];
        return limit == "unlimited" ? wanted : Math.Min(wanted, int.Parse(limit, CultureInfo.InvariantCulture) - FilesOfItsOwn);
    }

    /// <summary>How many processes wanted to run in the last minute: more than one or two of our own, and the figures are worth little.</summary>
    public static string LoadAverage() => File.ReadAllText("/proc/loadavg").Split(' ')[0];
}
