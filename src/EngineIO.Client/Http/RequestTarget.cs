using System.Text;

namespace EngineIO.Client.Http;

/// <summary>Where the requests of one transport go, and the headers that go with them.</summary>
internal sealed class RequestTarget
{
    private static readonly string[] s_reserved = ["EIO", "transport", "sid", "b64"];
    private readonly string _prefix;
    private readonly string? _timestampParam;
    private readonly bool _asksForBase64;
    private readonly bool _asksForBase64Always;

    public RequestTarget(ServerAddress server, EngineClientOptions options, string transport)
    {
        options.TransportOptions.TryGetValue(transport, out var own);
        bool isPolling = transport == ClientTransports.Polling;
        string scheme = (isPolling ? "http" : "ws") + (server.IsSecure ? "s" : "");
        string address = $"{scheme}://{server.Authority}{Normalise(own?.Path ?? options.Path, own?.AddTrailingSlash ?? options.AddTrailingSlash)}";
        var text = new StringBuilder(address).Append('?');
        foreach (var parameter in Merge(server.Query, options.Query, own?.Query)) QueryText.Append(text, parameter.Key, parameter.Value);
        int revision = (int)options.Revision;
        QueryText.Append(QueryText.Append(text, "EIO", revision.ToString(null, null)), "transport", transport);
        _prefix = text.ToString();
        _timestampParam = own?.TimestampRequests ?? options.TimestampRequests ?? isPolling ? options.TimestampParam : null;
        _asksForBase64 = options.ForceBase64;
        _asksForBase64Always = !isPolling;
        Display = new($"{address}?EIO={revision}&transport={transport}");
        Headers = [.. own?.ExtraHeaders ?? options.ExtraHeaders];
    }

    /// <summary>The URL without what may be a secret.</summary>
    public Uri Display { get; }

    public KeyValuePair<string, string>[] Headers { get; }

    /// <summary>The URL of the next request.</summary>
    /// <param name="sid">The session's id; null until it is known.</param>
    public Uri Next(string? sid)
    {
        var text = new StringBuilder(_prefix);
        if (sid is not null) QueryText.Append(text, "sid", sid);
        if (_timestampParam is not null) QueryText.Append(text, _timestampParam, Timestamp.Next());
        if (_asksForBase64 && (_asksForBase64Always || sid is null)) QueryText.Append(text, "b64", "1");
        return new(text.ToString());
    }

    private static Dictionary<string, string?> Merge(Dictionary<string, string> ofUrl, IDictionary<string, string?> ofOptions, IDictionary<string, string?>? ofTransport)
    {
        var merged = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var parameter in ofUrl) merged[parameter.Key] = parameter.Value;
        foreach (var parameter in ofOptions) merged[parameter.Key] = parameter.Value;
        foreach (var parameter in ofTransport ?? new Dictionary<string, string?>()) merged[parameter.Key] = parameter.Value;
        foreach (string name in s_reserved) merged.Remove(name);
        return merged;
    }

    private static string Normalise(string path, bool addTrailingSlash)
    {
        if (path.Length > 0 && path[path.Length - 1] == '/') path = path.Substring(0, path.Length - 1);
        return addTrailingSlash ? path + "/" : path;
    }
}
