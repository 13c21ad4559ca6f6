using System.Runtime.InteropServices;

namespace Load.Running;

/// <summary>What the figures were measured on.</summary>
internal static class Machine
{
    public static string Describe()
    {
        var model = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var kernel = File.ReadAllText("/proc/sys/kernel/osrelease").Trim();
        var load = File.ReadAllText("/proc/loadavg").Split(' ')[0];
        var cores = File.ReadLines("/proc/cpuinfo").Count(line => line.StartsWith("processor", StringComparison.Ordinal));
        return $"{cores} cores ({model ?? RuntimeInformation.ProcessArchitecture.ToString()}), Linux {kernel}, {RuntimeInformation.FrameworkDescription}; load before: {load}";
    }
}
