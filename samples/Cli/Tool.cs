using Cli.Doctor;

namespace Cli;

/// <summary>Finds the command.</summary>
internal static class Tool
{
    public static async Task<int> RunAsync(string[] args, Terminal terminal, CancellationToken cancellationToken)
    {
        try
        {
            if (args.Length == 0 || args.Any(static arg => arg is "-h" or "--help" or "help"))
            {
                terminal.Line(Help.Of(args.FirstOrDefault()));
                return args.Length == 0 ? ExitCode.Usage : ExitCode.Ok;
            }

            var settings = Settings.Parse(args.AsSpan(1));
            return args[0] switch
            {
                "connect" => await new ConnectCommand(settings, terminal).RunAsync(cancellationToken),
                "doctor" => await new Examination(settings, terminal).RunAsync(cancellationToken),
                var other => throw new UsageException($"There is no command \"{other}\"; the commands are connect and doctor."),
            };
        }
        catch (UsageException fault)
        {
            terminal.Error(fault.Message);
            terminal.Error("Try: socketio --help");
            return ExitCode.Usage;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            return ExitCode.Ok;
        }
    }
}
