using System.Globalization;

namespace Fuzz;

/// <summary>
/// How long and from where: <c>FUZZ_MINUTES</c> for all targets together (1 by default), <c>FUZZ_SEED</c> for other cases than those of
/// every day, <c>FUZZ_CASE</c> for one case alone, as a failure reports it.
/// </summary>
public static class FuzzSettings
{
    private const int DailySeed = 20260101;

    public static int Seed { get; } = (int)(Read("FUZZ_SEED") ?? DailySeed);

    public static TimeSpan Total { get; } = TimeSpan.FromMinutes(Read("FUZZ_MINUTES") ?? 1);

    public static long? OnlyCase { get; } = (long?)Read("FUZZ_CASE");

    private static double? Read(string name) =>
        double.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out double value) ? value : null;
}
