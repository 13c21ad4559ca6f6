using System.Globalization;
using Load.Running;

namespace Load;

/// <summary>The command line.</summary>
internal sealed record LoadOptions
{
    /// <summary>Whether it is about growth instead of speed.</summary>
    public bool IsScale { get; init; }

    /// <summary>The scenarios' names; null for all.</summary>
    public string[]? Only { get; init; }

    /// <summary>The servers' names; null for all.</summary>
    public string[]? Servers { get; init; }

    public int Runs { get; init; } = 5;

    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Of a server's first run of a scenario; the later ones need a second.</summary>
    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Another build of this server, to be measured beside this one.</summary>
    public string? Baseline { get; init; }

    /// <summary>The core of the servers; null to leave it to the system.</summary>
    public int? ServerCore { get; init; }

    public static LoadOptions Parse(string[] args)
    {
        var options = new LoadOptions();
        if (args is ["scale", ..])
        {
            // Its peers only when they are asked for: it takes minutes for each.
            options = options with { IsScale = true, Runs = 1, Servers = [ServerCatalog.Ours, ServerCatalog.Baseline] };
            args = args[1..];
        }

        for (var i = 0; i < args.Length; i++)
        {
            options = args[i] switch
            {
                "--only" => options with { Only = Next().Split(',') },
                "--servers" => options with { Servers = Next().Split(',') },
                "--runs" => options with { Runs = Number() },
                "--seconds" => options with { Window = TimeSpan.FromSeconds(Number()) },
                "--warmup" => options with { Warmup = TimeSpan.FromSeconds(Number()) },
                "--quick" => options with { Runs = 1, Window = TimeSpan.FromSeconds(1), Warmup = TimeSpan.FromSeconds(1) },
                "--baseline-dll" => options with { Baseline = Next() },
                "--server-core" => options with { ServerCore = Number() },
                var other => throw new LoadException($"unknown option {other}"),
            };

            string Next() => ++i < args.Length ? args[i] : throw new LoadException($"{args[i - 1]} needs a value");

            int Number() => int.TryParse(Next(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : throw new LoadException($"{args[i - 1]} needs a number");
        }

        return options;
    }
}
