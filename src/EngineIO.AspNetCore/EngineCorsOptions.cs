using System.Text.RegularExpressions;

namespace EngineIO.AspNetCore;

/// <summary>Cross-origin resource sharing with the semantics of the official <c>cors</c> option: not access control, a request from any origin is
/// served, and no browser asks before a page opens a WebSocket to another origin. <see cref="RefuseOtherOrigins"/> refuses those not allowed,
/// <see cref="EngineOptions.AllowRequest"/> what it likes.</summary>
public sealed class EngineCorsOptions
{
    /// <summary>The allowed origins, compared exactly. Empty, with no <see cref="OriginPattern"/> and no <see cref="IsOriginAllowed"/>: every origin, as <c>*</c>. One
    /// entry is sent to every client; of several, the one that matches.</summary>
    public IList<string> Origins { get; } = [];

    /// <summary>Matches allowed origins. Default: none.</summary>
    public Regex? OriginPattern { get; set; }

    /// <summary>Decides on an origin, which is null where the header is absent. Default: none.</summary>
    public Func<string?, bool>? IsOriginAllowed { get; set; }

    /// <summary>Whether the request's origin is allowed whatever it is, by its own name (<c>origin: true</c>). Default: false.</summary>
    public bool ReflectOrigin { get; set; }

    /// <summary>Whether a handshake with an <c>Origin</c> header that is neither allowed here nor the server's own is refused with code 4, over polling and
    /// over WebSocket alike. Set it where cookies identify users: otherwise any page may open a WebSocket in their name. The server's own origin is
    /// what the request shows; behind a proxy that ends TLS, forward the scheme or list the origin. Default: false, as the reference.</summary>
    public bool RefuseOtherOrigins { get; set; }

    /// <summary>The allowed methods. Default: GET, HEAD, PUT, PATCH, POST, DELETE.</summary>
    public IList<string> Methods { get; set; } = ["GET", "HEAD", "PUT", "PATCH", "POST", "DELETE"];

    /// <summary>The allowed request headers. Default: null, those that the client asks for.</summary>
    public IList<string>? AllowedHeaders { get; set; }

    /// <summary>The response headers that pages may read. Default: none.</summary>
    public IList<string>? ExposedHeaders { get; set; }

    /// <summary>Whether cookies and authorization may be sent (<c>credentials</c>). Default: false.</summary>
    public bool Credentials { get; set; }

    /// <summary>How long a browser may keep the answer to a preflight. Default: null, the browser's own.</summary>
    public TimeSpan? MaxAge { get; set; }

    /// <summary>Whether a preflight goes on to the engine instead of being answered. Default: false.</summary>
    public bool PreflightContinue { get; set; }

    /// <summary>The status of a preflight's answer. Default: 204.</summary>
    public int OptionsSuccessStatus { get; set; } = 204;
}
