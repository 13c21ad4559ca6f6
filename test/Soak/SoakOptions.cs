using System.Globalization;

namespace Soak;

internal sealed record SoakOptions(bool IsServer, int Port, int WebSockets, int Polling, int Seconds, bool Recovers)
{
    public static SoakOptions Parse(string[] args)
    {
        return new(args.Contains("--server"), Number("--port", 3999), Number("--websockets", 5000), Number("--polling", 200), Number("--seconds", 60), args.Contains("--recovery"));

        int Number(string name, int fallback) =>
            Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? int.Parse(args[index + 1], CultureInfo.InvariantCulture) : fallback;
    }
}
