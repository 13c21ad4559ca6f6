using System.Text.RegularExpressions;

namespace SocketIO.AspNetCore.Diagnostics;

/// <summary>The scopes that a value of <c>DEBUG</c> names: the last word is with those that are left out.</summary>
internal sealed class DebugScopes
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly List<Regex> _named = [];
    private readonly List<Regex> _excluded = [];

    public DebugScopes(string names)
    {
        foreach (var name in names.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is ['-', .. var excluded]) _excluded.Add(PatternOf(excluded));
            else _named.Add(PatternOf(name));
        }
    }

    public bool IsEmpty => _named.Count == 0;

    /// <summary>Whether a category is wanted. Only ours are, whatever <c>*</c> might mean besides.</summary>
    public bool Contains(string category) =>
        (category.StartsWith("engine", StringComparison.Ordinal) || category.StartsWith("socket.io", StringComparison.Ordinal))
        && !_excluded.Exists(pattern => pattern.IsMatch(category))
        && _named.Exists(pattern => pattern.IsMatch(category));

    private static Regex PatternOf(string name) =>
        new($"^{Regex.Escape(name).Replace("\\*", ".*", StringComparison.Ordinal)}$", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);
}
