using System.Text.Json;
using System.Text.Json.Serialization;
using SocketIO.AspNetCore;

namespace Conformance.Server;

/// <summary>The handshake under the names that JavaScript clients know.</summary>
internal sealed record HandshakeView(
    [property: JsonPropertyName("headers")] IReadOnlyDictionary<string, string> Headers,
    [property: JsonPropertyName("time")] string Time,
    [property: JsonPropertyName("address")] string? Address,
    [property: JsonPropertyName("xdomain")] bool XDomain,
    [property: JsonPropertyName("secure")] bool Secure,
    [property: JsonPropertyName("issued")] long Issued,
    [property: JsonPropertyName("url")] string Url,
    [property: JsonPropertyName("query")] IReadOnlyDictionary<string, string> Query,
    [property: JsonPropertyName("auth")] JsonElement Auth)
{
    public static HandshakeView Of(Handshake handshake) => new(
        handshake.Headers,
        handshake.Time,
        handshake.Address,
        handshake.XDomain,
        handshake.Secure,
        handshake.Issued,
        handshake.Url,
        handshake.Query,
        handshake.Auth);
}
