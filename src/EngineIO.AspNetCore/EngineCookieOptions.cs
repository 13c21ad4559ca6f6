using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore;

/// <summary>The session cookie of the polling handshake (<c>cookie</c>). The server never reads it; it is for load balancers.</summary>
public sealed class EngineCookieOptions
{
    /// <summary>The name. Default: <c>io</c>.</summary>
    public string Name { get; set; } = "io";

    /// <summary>The path; null leaves the attribute out. Default: <c>/</c>.</summary>
    public string? Path { get; set; } = "/";

    /// <summary>The domain. Default: none.</summary>
    public string? Domain { get; set; }

    /// <summary>The life of the cookie, sent in whole seconds. Default: none, the browser's session.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>The end of the cookie. Default: none.</summary>
    public DateTimeOffset? Expires { get; set; }

    /// <summary>Whether scripts are kept from reading it. Default: true.</summary>
    public bool HttpOnly { get; set; } = true;

    /// <summary>Whether it is sent over TLS only. Default: false.</summary>
    public bool Secure { get; set; }

    /// <summary>Whether it is partitioned by top-level site. Default: false.</summary>
    public bool Partitioned { get; set; }

    /// <summary>The priority: <c>Low</c>, <c>Medium</c> or <c>High</c>. Default: none.</summary>
    public string? Priority { get; set; }

    /// <summary>The cross-site rule. Default: <see cref="SameSiteMode.Lax"/>; <see cref="SameSiteMode.Unspecified"/> leaves the attribute out.</summary>
    public SameSiteMode SameSite { get; set; } = SameSiteMode.Lax;

    /// <summary>Encodes the value. Default: percent-encoding.</summary>
    public Func<string, string>? Encode { get; set; }
}
