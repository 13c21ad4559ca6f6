namespace Cli;

/// <summary>What a script learns.</summary>
internal static class ExitCode
{
    public const int Ok = 0;

    /// <summary>The connection could not be made or was lost for good; the doctor found a fault.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 2;

    /// <summary>What was waited for did not come in time.</summary>
    public const int TimedOut = 3;
}
