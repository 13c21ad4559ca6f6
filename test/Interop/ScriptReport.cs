using System.Text.Json;

namespace Interop.Tests;

/// <summary>What a script reported: its checks, and whether it ran to its end.</summary>
internal sealed class ScriptReport
{
    private readonly List<string> _failed = [];
    private int _passed;
    private bool _isComplete;

    /// <summary>Takes a line; gives what the script asks the test to do, or null.</summary>
    public string? Add(string line)
    {
        using var document = JsonDocument.Parse(line);
        var root = document.RootElement;
        if (root.TryGetProperty("ask", out var ask)) return ask.GetString();
        if (root.TryGetProperty("end", out _)) _isComplete = true;
        else if (root.GetProperty("ok").GetBoolean()) _passed++;
        else _failed.Add($"{root.GetProperty("check").GetString()}: {root.GetProperty("detail").GetString()}");
        return null;
    }

    /// <summary>Fails the test unless every check passed and the script came to its end.</summary>
    public void AssertPassed(string script, int exitCode, string errorOutput)
    {
        if (_failed.Count > 0) Assert.Fail($"{script}: {_failed.Count} of {_failed.Count + _passed} checks failed.\n{string.Join('\n', _failed)}\n{errorOutput}");
        if (!_isComplete || exitCode != 0) Assert.Fail($"{script} ended with exit code {exitCode} after {_passed} checks.\n{errorOutput}");
        Assert.True(_passed > 0, $"{script} checked nothing.");
    }
}
