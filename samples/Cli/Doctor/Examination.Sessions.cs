using System.Net;
using EngineIO;

namespace Cli.Doctor;

// Whether the requests of a session reach the server that knows it.
internal sealed partial class Examination
{
    private const int Sessions = 8;

    private async Task<Finding?> ReturnAsync(CancellationToken cancellationToken)
    {
        if (_handshake is null || _lacksPolling) return null;
        if (await CountLostAsync(keepsCookies: false, cancellationToken) is not { Lost: > 0 } without)
            return new($"{Sessions} sessions, each over several connections, were known each time");
        if (await CountLostAsync(keepsCookies: true, cancellationToken) is { Lost: 0, HasCookies: true })
        {
            return new(
                $"{without.Lost} of {Sessions} sessions were unknown to the server that a balancer chose, none where cookies are sent back",
                "the sessions stick by a cookie: have clients keep cookies (WithCredentials; in JavaScript withCredentials), or balance by address");
        }

        return new(
            $"{without.Lost} of {Sessions} sessions were unknown to the server that a balancer chose (Session ID unknown)",
            "several servers run without sticky sessions: turn them on in the balancer (https://socket.io/docs/v4/using-multiple-nodes/), or use WebSocket alone");
    }

    private async Task<(int Lost, bool HasCookies)> CountLostAsync(bool keepsCookies, CancellationToken cancellationToken)
    {
        var lost = 0;
        var hasCookies = false;
        for (var i = 0; i < Sessions; i++)
        {
            var cookies = new CookieContainer();
            using var first = CreateHttp(cookies);
            var (status, body, _) = await SendAsync(first, HttpMethod.Get, $"EIO={Revision}&transport=polling", cancellationToken);
            if (status != HttpStatusCode.OK || Read(body) is not { } handshake) continue;
            hasCookies |= cookies.Count > 0;
            using var next = CreateHttp(keepsCookies ? cookies : new CookieContainer());
            var session = $"EIO={Revision}&transport=polling&sid={handshake.Sid}";
            // The server has an answer to give, so that the poll comes back at once.
            var isV3 = settings.Revision == EngineRevision.V3;
            var sent = await SendAsync(next, HttpMethod.Post, session, cancellationToken, isV3 ? "1:2" : "40");
            var polled = ReadError(sent.Body).Code == 1 ? sent : await SendAsync(next, HttpMethod.Get, session, cancellationToken);
            if (ReadError(sent.Body).Code == 1 || ReadError(polled.Body).Code == 1) lost++;
            await LeaveAsync(keepsCookies ? next : first, handshake.Sid, cancellationToken);
        }

        return (lost, hasCookies);
    }
}
