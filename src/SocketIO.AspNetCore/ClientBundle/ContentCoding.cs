using System.Globalization;

namespace SocketIO.AspNetCore.ClientBundle;

/// <summary>Chooses a content coding by the rules of the <c>negotiator</c> package (SRV-STAT-04): the highest quality wins, then a coding named by the
/// client over <c>*</c>, then the client's order, then the server's: br, gzip, deflate. Identity is the answer only when none of the three is accepted.</summary>
internal static class ContentCoding
{
    /// <summary>No compression.</summary>
    public const string Identity = "";

    private static readonly string[] Offered = ["br", "gzip", "deflate"];

    /// <summary>The coding for a request.</summary>
    /// <param name="acceptEncoding">The value of the <c>Accept-Encoding</c> header; null when absent.</param>
    /// <returns>One of <c>br</c>, <c>gzip</c>, <c>deflate</c>, or <see cref="Identity"/>.</returns>
    public static string Choose(string? acceptEncoding)
    {
        var accepted = acceptEncoding?.Split(',', StringSplitOptions.TrimEntries) ?? [];
        var best = Identity;
        var bestRank = default(Rank);
        foreach (var offered in Offered)
        {
            var rank = RankOf(offered, accepted);
            if (rank.Quality > 0 && (best.Length == 0 || rank.IsPreferredTo(bestRank))) (best, bestRank) = (offered, rank);
        }
        return best;
    }

    private static Rank RankOf(string offered, string[] accepted)
    {
        var found = default(Rank);
        for (var order = 0; order < accepted.Length; order++)
        {
            var parts = accepted[order].Split(';', StringSplitOptions.TrimEntries);
            var isNamed = parts[0].Equals(offered, StringComparison.OrdinalIgnoreCase);
            if (!isNamed && parts[0] != "*") continue;
            var rank = new Rank(isNamed ? 2 : 1, Quality(parts.AsSpan(1)), order);
            if (rank.IsBetterMatchThan(found)) found = rank;
        }
        return found;
    }

    private static double Quality(ReadOnlySpan<string> parameters)
    {
        foreach (var parameter in parameters)
        {
            if (!parameter.StartsWith("q=", StringComparison.Ordinal)) continue;
            return double.TryParse(parameter.AsSpan(2), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var quality) ? quality : 0;
        }
        return 1;
    }

    private readonly record struct Rank(int Match, double Quality, int Order)
    {
        public bool IsBetterMatchThan(Rank other) => (Match, Quality, Order).CompareTo((other.Match, other.Quality, other.Order)) > 0;

        public bool IsPreferredTo(Rank other) => (Quality, Match, -Order).CompareTo((other.Quality, other.Match, -other.Order)) > 0;
    }
}
