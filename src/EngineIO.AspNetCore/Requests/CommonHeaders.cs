using System.Collections.Frozen;
using Microsoft.Extensions.Primitives;

namespace EngineIO.AspNetCore.Requests;

/// <summary>What the handshakes of many clients say alike, kept once and not once per session. Thread-safe.</summary>
internal static class CommonHeaders
{
    private const int MaxSharedLength = 256;
    private const int SharedCount = 512;

    // Lower-case names; whether the values are many clients' and nobody's secret.
    private static readonly FrozenDictionary<string, (string Name, bool IsShared)> s_names = new[]
    {
        "host", "connection", "upgrade", "origin", "user-agent", "accept", "accept-encoding", "accept-language", "cache-control", "pragma", "dnt", "priority",
        "sec-websocket-version", "sec-websocket-extensions", "sec-websocket-protocol", "sec-fetch-dest", "sec-fetch-mode", "sec-fetch-site", "sec-fetch-storage-access",
        "sec-ch-ua", "sec-ch-ua-mobile", "sec-ch-ua-platform", "sec-gpc", "content-type", "x-forwarded-proto", "x-forwarded-host", "x-forwarded-port",
    }.Select(static name => (name, true)).Concat(new[]
    {
        "sec-websocket-key", "cookie", "authorization", "referer", "content-length", "forwarded", "via", "x-forwarded-for", "x-real-ip", "x-request-id", "traceparent", "tracestate",
    }.Select(static name => (name, false))).ToFrozenDictionary(static header => header.name, StringComparer.OrdinalIgnoreCase);

    // The last value of each hash: a newcomer takes the slot, so that no client can make it grow.
    private static readonly string?[] s_values = new string?[SharedCount];

    /// <summary>A header as the handshake shows it: the name in lower case, several values joined as Node.js does.</summary>
    public static KeyValuePair<string, string> Read(string name, StringValues values)
    {
        if (!s_names.TryGetValue(name, out var known))
        {
#pragma warning disable CA1308 // Header names are lower-case here, as the reference gives them.
            known = (name.ToLowerInvariant(), false);
#pragma warning restore CA1308
        }

        var value = values.Count == 1 ? values[0] ?? "" : string.Join(known.Name == "cookie" ? "; " : ", ", (IEnumerable<string?>)values);
        return new(known.Name, known.IsShared ? Share(value) : value);
    }

    private static string Share(string value)
    {
        if (value.Length > MaxSharedLength) return value;
        // Two threads may both write; each has a string that is right.
        ref var slot = ref s_values[(uint)value.GetHashCode(StringComparison.Ordinal) % SharedCount];
        var known = Volatile.Read(ref slot);
        if (known == value) return known;
        Volatile.Write(ref slot, value);
        return value;
    }
}
