using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using EngineIO.AspNetCore;
using SocketIO.Json;

namespace SocketIO.AspNetCore;

/// <summary>What a client said when it connected: the first request of its connection, and the auth payload of this namespace. Immutable and thread-safe.</summary>
/// <remarks>Source: https://socket.io/docs/v4/server-socket-instance/#sockethandshake.</remarks>
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
    public IReadOnlyDictionary<string, string> Headers => _request.Headers;

    /// <summary>The decoded query of the connection's first request.</summary>
    public IReadOnlyDictionary<string, string> Query => _request.Query;

    /// <summary>The raw target of the connection's first request.</summary>
    public string Url => _request.Url;

    /// <summary>The client's address; the proxy's unless forwarded headers are used.</summary>
    public string? Address => _request.RemoteAddress;

    /// <summary>Whether the first request named an origin (<c>xdomain</c>).</summary>
    public bool XDomain => _request.IsCrossDomain;

    /// <summary>Whether the first request came over TLS.</summary>
    public bool Secure => _request.IsSecure;

    /// <summary>Whom ASP.NET Core authenticated in the first request; anonymous by default.</summary>
    public ClaimsPrincipal User => _request.User;

    /// <summary>When the client asked for the namespace.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary><see cref="IssuedAt"/> in milliseconds since 1970.</summary>
    public long Issued => IssuedAt.ToUnixTimeMilliseconds();

    /// <summary><see cref="IssuedAt"/> as ISO 8601 text.</summary>
    public string Time => IssuedAt.ToString("O", CultureInfo.InvariantCulture);

    /// <summary>The auth payload, a JSON object; empty where the client sent none.</summary>
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

    /// <summary>The auth payload as a type of the application's.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="JsonException">The payload is no <typeparamref name="T"/>.</exception>
    public T? GetAuth<T>() => _serializer.Deserialize<T>(_auth);
}
