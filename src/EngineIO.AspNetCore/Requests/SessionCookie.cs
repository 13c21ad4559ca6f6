using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore.Requests;

/// <summary>Formats the session cookie, its attributes in the reference's order.</summary>
internal static class SessionCookie
{
    public static string Format(EngineCookieOptions cookie, string sid)
    {
        var text = new StringBuilder(cookie.Name).Append('=').Append((cookie.Encode ?? Uri.EscapeDataString)(sid));
        if (cookie.MaxAge is { } age) text.Append("; Max-Age=").Append(((long)Math.Floor(age.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
        if (cookie.Domain is { } domain) text.Append("; Domain=").Append(domain);
        if (cookie.Path is { } path) text.Append("; Path=").Append(path);
        if (cookie.Expires is { } expires) text.Append("; Expires=").Append(expires.ToUniversalTime().ToString("R", CultureInfo.InvariantCulture));
        if (cookie.HttpOnly) text.Append("; HttpOnly");
        if (cookie.Secure) text.Append("; Secure");
        if (cookie.Partitioned) text.Append("; Partitioned");
        if (cookie.Priority is { } priority) text.Append("; Priority=").Append(priority);
        if (cookie.SameSite != SameSiteMode.Unspecified) text.Append("; SameSite=").Append(cookie.SameSite);
        return text.ToString();
    }
}
