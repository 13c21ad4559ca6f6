namespace Load.Running;

/// <summary>How long a scenario runs, and where it says what was noteworthy.</summary>
internal sealed class RunSettings
{
    private readonly List<string> _notes = [];

    /// <summary>Before the window. Ample the first time, so that the runtime compiles what is hot.</summary>
    public required TimeSpan Warmup { get; init; }

    /// <summary>What is measured.</summary>
    public required TimeSpan Window { get; init; }

    public string Notes => string.Join(", ", _notes);

    public void Note(FormattableString note) => _notes.Add(FormattableString.Invariant(note));

    public void Warn(FormattableString warning) => _notes.Add("WARNING: " + FormattableString.Invariant(warning));
}
