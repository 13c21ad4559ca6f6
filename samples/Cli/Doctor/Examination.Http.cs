using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EngineIO;

namespace Cli.Doctor;

// What the server answers to single requests.
internal sealed partial class Examination
{
    private string Revision => settings.Revision == EngineRevision.V3 ? "3" : "4";

    private async Task<Finding?> ShakeHandsAsync(CancellationToken cancellationToken)
    {
        using var http = CreateHttp();
        var start = Stopwatch.GetTimestamp();
        var (status, body, response) = await SendAsync(http, HttpMethod.Get, $"EIO={Revision}&transport=polling", cancellationToken);
        var elapsed = Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture);
        if (status != HttpStatusCode.OK) return Refused(status, body, response);
        if (Read(body) is { } handshake)
        {
            _handshake = handshake;
            await LeaveAsync(http, handshake.Sid, cancellationToken);
            _lacksWebSocket = !handshake.Upgrades.Contains("websocket");
            return new($"Socket.IO after {elapsed} ms: ping every {handshake.PingInterval.TotalSeconds} s, timeout {handshake.PingTimeout.TotalSeconds} s, "
                + $"upgrades [{string.Join(", ", handshake.Upgrades)}]");
        }

        if (body.Contains(":0{\"sid\"", StringComparison.Ordinal))
        {
            return new(
                "the server speaks revision 3 of the protocol (Socket.IO 2.x)",
                "update it to version 3 or later, or have clients speak revision 3 (Revision = EngineRevision.V3; here --eio 3)", IsFatal: true);
        }

        return new(
            $"what answers at {settings.Path} is not Socket.IO ({Excerpt(body)})",
            "check the path (--path), and that the proxy passes it on to the Socket.IO server", IsFatal: true);
    }

    private Finding Refused(HttpStatusCode status, string body, HttpResponseMessage response)
    {
        var (code, message) = ReadError(body);
        switch (code)
        {
            case 0:
                _lacksPolling = true;
                return new($"the server has no HTTP long-polling (code 0, {message})", "begin with WebSocket: Transports = [\"websocket\"], or add polling to the server's transports");
            case 1:
                return new($"a handshake was taken for a session (code 1, {message})", "a proxy or cache repeats old requests: have it pass all queries on, uncached", IsFatal: true);
            case 2:
                return new($"the method of the handshake was changed (code 2, {message})", "a proxy or a redirect changes the method: it must stay GET", IsFatal: true);
            case 3:
                return new($"the server rejects the request (code 3, {message})", "look at its log and at the event connection_error of its engine", IsFatal: true);
            case 4:
                return new($"the server forbids the handshake (code 4, {message})", "its allowRequest says no: send the headers, cookies, query or origin that it wants", IsFatal: true);
            case 5:
                return new(
                    $"the server does not speak revision {Revision} (code 5, {message})",
                    Revision == "3" ? "leave out --eio 3, or set allowEIO3 on the server" : "update the server", IsFatal: true);
        }

        return (int)status switch
        {
            >= 300 and < 400 => new($"{Shown(status)} redirects to {response.Headers.Location}", "use that address: browsers follow no redirect of a WebSocket", IsFatal: true),
            401 or 407 => new($"{Shown(status)}: something before the server wants credentials", "send them with --header, or let /socket.io/ pass", IsFatal: true),
            403 => new($"{Shown(status)}, not by Socket.IO", "a firewall or proxy forbids it: let the path pass", IsFatal: true),
            404 => new(
                $"there is nothing at {settings.Path} ({Shown(status)})",
                "check the path (--path; the option path of the server), that Socket.IO is attached to this very HTTP server, and the routes of the proxy", IsFatal: true),
            502 or 503 or 504 => new($"{Shown(status)}: the proxy does not reach the server", "start the server behind it, and check the address that the proxy passes to", IsFatal: true),
            _ => new($"{Shown(status)} ({Excerpt(body)})", "this is no answer of Socket.IO: look at the log of whatever answers", IsFatal: true),
        };
    }

    /// <summary>Whether the answers to wrong requests come through as they are: clients and operators read them.</summary>
    private async Task<Finding?> ProvokeErrorsAsync(CancellationToken cancellationToken)
    {
        using var http = CreateHttp();
        (HttpMethod Method, string Query, int Code)[] requests =
        [
            (HttpMethod.Get, $"EIO={Revision}&transport=udp", 0), (HttpMethod.Get, $"EIO={Revision}&transport={FirstTransport}&sid=1234", 1),
            (HttpMethod.Put, $"EIO={Revision}&transport={FirstTransport}", 2),
        ];
        foreach (var (method, query, expected) in requests)
        {
            var (status, body, _) = await SendAsync(http, method, query, cancellationToken);
            if (ReadError(body).Code == expected) continue;
            // A WebSocket that is asked for without being one is rejected before its session is looked for.
            if (_lacksPolling && ReadError(body).Code is >= 0) continue;
            return new(
                $"{method} ?{query} is answered with {Shown(status)} ({Excerpt(body)}) instead of code {expected}",
                "something before the server rewrites its answers, or another server answers part of the requests");
        }

        return new("codes 0, 1 and 2 come through");
    }

    private async Task<Finding?> AskForOriginAsync(CancellationToken cancellationToken)
    {
        if (settings.Origin is not { } origin) return null;
        using var http = CreateHttp();
        using var request = new HttpRequestMessage(HttpMethod.Get, UrlOf($"EIO={Revision}&transport={FirstTransport}&sid=1234"));
        request.Headers.Add("Origin", origin);
        using var response = await http.SendAsync(request, cancellationToken);
        var allowed = response.Headers.TryGetValues("Access-Control-Allow-Origin", out var values) ? values.ToArray() : [];
        if (allowed.Length == 0)
            return new($"pages of {origin} may not connect, there is no Access-Control-Allow-Origin", $"set cors: {{ origin: \"{origin}\" }} on the server (Cors.Origins), and have the proxy pass the headers on");
        if (allowed.Length > 1 || allowed[0].Contains(','))
            return new($"Access-Control-Allow-Origin is set twice ({string.Join(", ", allowed)})", "browsers refuse that: let either the server or the proxy set it");
        if (allowed[0] == "*" && response.Headers.Contains("Access-Control-Allow-Credentials"))
            return new("any origin is allowed together with credentials", "browsers refuse that: name the origins, or turn credentials off");
        return allowed[0] == "*" || allowed[0] == origin
            ? new($"pages of {origin} may connect")
            : new Finding($"pages of {origin} may not connect, but those of {allowed[0]}", $"add \"{origin}\" to the server's cors (Cors.Origins)");
    }

    private string FirstTransport => _lacksPolling ? "websocket" : "polling";

    private HttpClient CreateHttp(CookieContainer? cookies = null)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = cookies is not null,
            // Each request on a connection of its own: they may reach different servers.
            PooledConnectionLifetime = cookies is null ? Timeout.InfiniteTimeSpan : TimeSpan.Zero,
        };
        if (cookies is not null) handler.CookieContainer = cookies;
#pragma warning disable CA5359 // The step "tls" has told about the certificate, and this program sends no secrets but those on its command line.
        if (_acceptsAnyCertificate) handler.SslOptions.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        var http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        foreach (var (name, value) in settings.Headers) http.DefaultRequestHeaders.TryAddWithoutValidation(name, value);
        return http;
    }

    private Uri UrlOf(string query)
    {
        var more = string.Concat(settings.Query.Select(static pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value)}&"));
        return new Uri(settings.Url, $"{settings.Path.TrimEnd('/')}/?{more}{query}");
    }

    private async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Response)> SendAsync(
        HttpClient http, HttpMethod method, string query, CancellationToken cancellationToken, string? body = null)
    {
        using var request = new HttpRequestMessage(method, UrlOf(query));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "text/plain");
        using var response = await http.SendAsync(request, cancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(cancellationToken), response);
    }

    // A session is closed by a packet "1".
    private async Task LeaveAsync(HttpClient http, string sid, CancellationToken cancellationToken) =>
        await SendAsync(http, HttpMethod.Post, $"EIO={Revision}&transport=polling&sid={sid}", cancellationToken, settings.Revision == EngineRevision.V3 ? "1:1" : "1");

    private EngineHandshakeData? Read(string body)
    {
        var packet = body;
        if (settings.Revision == EngineRevision.V3)
        {
            // A length, a colon, a packet; more may follow.
            var colon = body.IndexOf(':', StringComparison.Ordinal);
            if (colon < 1 || !int.TryParse(body[..colon], CultureInfo.InvariantCulture, out var length) || body.Length < colon + 1 + length) return null;
            packet = body.Substring(colon + 1, length);
        }

        return packet.StartsWith('0') && EngineHandshakeData.TryParse(Encoding.UTF8.GetBytes(packet[1..]), out var data) ? data : null;
    }

    private static (int Code, string Message) ReadError(string body)
    {
        try
        {
            var error = JsonElement.Parse(body);
            return error.ValueKind == JsonValueKind.Object && error.TryGetProperty("code", out var code) && code.TryGetInt32(out var number)
                ? (number, error.TryGetProperty("message", out var message) ? message.ToString() : "")
                : (-1, "");
        }
        catch (JsonException)
        {
            return (-1, "");
        }
    }

    private static string Excerpt(string body)
    {
        var text = string.Join(' ', body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "an empty answer" : text.Length > 60 ? $"\"{text[..60]}…\"" : $"\"{text}\"";
    }
}
