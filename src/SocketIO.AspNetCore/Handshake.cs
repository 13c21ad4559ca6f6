using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using System.Text.Json.Serialization;
using EngineIO.AspNetCore;
using SocketIO.Json;

namespace SocketIO.AspNetCore;

/// <summary>What a client said when it connected: the first request of its connection, and the auth payload of this namespace. Immutable and thread-safe.</summary>
/// <remarks>It can be emitted, and then has the reference's names and fields. Source: https://socket.io/docs/v4/server-socket-instance/#sockethandshake.</remarks>
public sealed class Handshake
{
    private static readonly byte[] EmptyObject = "{}"u8.ToArray();

    private readonly EngineHandshake _request;
    private readonly Payload _auth;
    private readonly PayloadSerializer _serializer;
    private JsonDocument? _parsedAuth;

    internal Handshake(EngineHandshake request, Payload auth, PayloadSerializer serializer, DateTimeOffset issuedAt)
    {
        _request = request;
        _auth = auth.IsEmpty ? new Payload(EmptyObject) : auth;
        _serializer = serializer;
        IssuedAt = issuedAt;
    }

    /// <summary>The headers of the connection's first request; lower-case names.</summary>
    [JsonPropertyName("headers")]
    public IReadOnlyDictionary<string, string> Headers => _request.Headers;

    /// <summary><see cref="IssuedAt"/> as ISO 8601 text.</summary>
    [JsonPropertyName("time")]
    public string Time => IssuedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>The client's address; the proxy's unless forwarded headers are used.</summary>
    [JsonPropertyName("address")]
    public string? Address => _request.RemoteAddress;

    /// <summary>Whether the first request named an origin.</summary>
    [JsonPropertyName("xdomain")]
    public bool XDomain => _request.IsCrossDomain;

    /// <summary>Whether the first request came over TLS.</summary>
    [JsonPropertyName("secure")]
    public bool Secure => _request.IsSecure;

    /// <summary><see cref="IssuedAt"/> in milliseconds since 1970.</summary>
    [JsonPropertyName("issued")]
    public long Issued => IssuedAt.ToUnixTimeMilliseconds();

    /// <summary>The raw target of the connection's first request.</summary>
    [JsonPropertyName("url")]
    public string Url => _request.Url;

    /// <summary>The decoded query of the connection's first request; the last of several equal keys wins.</summary>
    [JsonPropertyName("query")]
    public IReadOnlyDictionary<string, string> Query => _request.Query;

    /// <summary>The auth payload, a JSON object; empty where the client sent none.</summary>
    [JsonPropertyName("auth")]
    public JsonElement Auth
    {
        get
        {
            // Two threads may both parse; either result is good.
            var parsed = Volatile.Read(ref _parsedAuth);
            if (parsed is null) Volatile.Write(ref _parsedAuth, parsed = JsonDocument.Parse(_auth.Json));
            return parsed.RootElement;
        }
    }

    /// <summary>When the client asked for the namespace.</summary>
    [JsonIgnore]
    public DateTimeOffset IssuedAt { get; }

    /// <summary>Whom ASP.NET Core authenticated in the first request; anonymous by default.</summary>
    [JsonIgnore]
    public ClaimsPrincipal User => _request.User;

    internal ReadOnlyMemory<byte> RawAuth => _auth.Json;

    /// <summary>The auth payload as a type of the application's.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="InvalidAuthException">The payload is no <typeparamref name="T"/>. A middleware need not catch it: the client is refused.</exception>
    public T? GetAuth<T>()
    {
        try
        {
            return _serializer.Deserialize<T>(_auth);
        }
        catch (JsonException exception)
        {
            throw new InvalidAuthException(exception);
        }
    }
}
