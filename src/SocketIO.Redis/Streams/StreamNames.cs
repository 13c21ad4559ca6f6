using System.Globalization;

namespace SocketIO.Redis.Streams;

/// <summary>Which stream carries a namespace.</summary>
/// <param name="Written">The stream that this server writes to.</param>
/// <param name="OfNode">Another one, to which Node.js servers write and which none of them reads; null for none.</param>
internal readonly record struct StreamNames(string Written, string? OfNode)
{
    public static StreamNames Of(string ns, string streamName, int streamCount)
    {
        if (streamCount == 1) return new(streamName, null);
        var remainder = Hash(ns) % streamCount;
        if (remainder >= 0) return new(Name(remainder), null);
        // A remainder has the sign of the hash, in JavaScript as in C#; the official adapter reads the streams from zero on only.
        return new(Name(remainder + streamCount), Name(remainder));

        string Name(int index) => string.Create(CultureInfo.InvariantCulture, $"{streamName}-{index}");
    }

    internal static int Hash(string text)
    {
        var hash = 0;
        foreach (var unit in text) hash = unchecked((hash * 31) + unit);
        return hash;
    }
}
