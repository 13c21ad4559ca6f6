using System.Text;

namespace EngineIO.Client.Http;

/// <summary>Query strings, as the reference reads and writes them.</summary>
internal static class QueryText
{
    private static readonly char[] s_equals = ['='];

    /// <summary>The parameters of a query, decoded once; a plus sign is a plus sign.</summary>
    public static Dictionary<string, string> Parse(string query)
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string pair in query.TrimStart('?').Split('&'))
        {
            if (pair.Length == 0) continue;
            string[] parts = pair.Split(s_equals, 2);
            parameters[Uri.UnescapeDataString(parts[0])] = parts.Length < 2 ? "" : Uri.UnescapeDataString(parts[1]);
        }

        return parameters;
    }

    public static StringBuilder Append(StringBuilder text, string name, string? value)
    {
        if (text[text.Length - 1] != '?') text.Append('&');
        return text.Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value ?? ""));
    }
}
