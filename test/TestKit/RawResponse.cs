using System.Text;

namespace TestKit;

/// <summary>An HTTP answer as it came over the wire.</summary>
public sealed class RawResponse(int status, string reason, IReadOnlyList<KeyValuePair<string, string>> headers, byte[] body)
{
    public int Status { get; } = status;

    public string Reason { get; } = reason;

    /// <summary>Names and values in their order on the wire.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; } = headers;

    /// <summary>The body without chunk framing, still in its content encoding.</summary>
    public byte[] Body { get; } = body;

    public string Text => Encoding.UTF8.GetString(Body);

    public string? ContentType => Header("content-type");

    /// <summary>The value of a header that must occur at most once; null when absent.</summary>
    public string? Header(string name)
    {
        string[] values = HeaderValues(name);
        return values.Length switch
        {
            0 => null,
            1 => values[0],
            _ => throw new InvalidDataException($"Header {name} occurs {values.Length} times: {string.Join(" | ", values)}"),
        };
    }

    public string[] HeaderValues(string name) =>
        [.. Headers.Where(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value)];

    public override string ToString() => $"{Status} {ContentType} {Text}";
}
