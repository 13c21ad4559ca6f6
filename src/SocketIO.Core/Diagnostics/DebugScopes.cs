namespace SocketIO.Diagnostics;

/// <summary>The scopes that a value of <c>DEBUG</c> names: the last word is with those that are left out.</summary>
internal sealed class DebugScopes
{
    private static readonly char[] Separators = [',', ' ', '\t', '\r', '\n'];

    private readonly List<string> _named = [];
    private readonly List<string> _excluded = [];

    public DebugScopes(string names)
    {
        foreach (var name in names.Split(Separators, StringSplitOptions.RemoveEmptyEntries))
        {
            if (name is ['-', .. var excluded]) _excluded.Add(excluded);
            else _named.Add(name);
        }
    }

    public bool IsEmpty => _named.Count == 0;

    /// <summary>Whether a category is wanted. Only ours are, whatever <c>*</c> might mean besides.</summary>
    public bool Contains(string category) =>
        (category.StartsWith("engine", StringComparison.Ordinal) || category.StartsWith("socket.io", StringComparison.Ordinal))
        && !_excluded.Exists(pattern => Matches(pattern, category))
        && _named.Exists(pattern => Matches(pattern, category));

    private static bool Matches(string pattern, string category)
    {
        // A star stands for anything; what it took last is widened where the rest does not fit.
        int star = -1, taken = 0, at = 0;
        for (var i = 0; i < category.Length;)
        {
            if (at < pattern.Length && pattern[at] == '*')
            {
                star = at++;
                taken = i;
            }
            else if (at < pattern.Length && pattern[at] == category[i])
            {
                at++;
                i++;
            }
            else if (star >= 0)
            {
                at = star + 1;
                i = ++taken;
            }
            else
            {
                return false;
            }
        }

        while (at < pattern.Length && pattern[at] == '*') at++;
        return at == pattern.Length;
    }
}
