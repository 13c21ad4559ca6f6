namespace Cli.Doctor;

/// <summary>What a step found.</summary>
/// <param name="Text">What is so.</param>
/// <param name="Cure">What to do about it; null where all is well.</param>
/// <param name="IsFatal">Whether the steps after it would only say the same.</param>
internal sealed record Finding(string Text, string? Cure = null, bool IsFatal = false)
{
    public bool IsGood => Cure is null;
}
