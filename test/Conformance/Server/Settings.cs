using System.Globalization;

namespace Conformance.Server;

/// <summary>The command line.</summary>
internal sealed record Settings(string Mode, int Port, bool AllowEIO3)
{
    private static readonly string[] Modes = ["eio3", "eio4", "sio5", "sio", "eio"];

    /// <summary>Reads the command line; null when it is wrong.</summary>
    public static Settings? Parse(string[] args)
    {
        string? ValueOf(string name) => Array.IndexOf(args, name) is >= 0 and var index && index + 1 < args.Length ? args[index + 1] : null;

        return ValueOf("--mode") is { } mode
            && Modes.Contains(mode)
            && int.TryParse(ValueOf("--port"), NumberStyles.None, CultureInfo.InvariantCulture, out int port)
                ? new Settings(mode, port, args.Contains("--allow-eio3"))
                : null;
    }
}
