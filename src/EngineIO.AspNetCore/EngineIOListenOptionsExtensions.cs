using EngineIO.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Microsoft.AspNetCore.Hosting;

/// <summary>What Engine.IO adds to Kestrel's connections.</summary>
public static class EngineIOListenOptionsExtensions
{
    /// <summary>Lets the WebSockets of Engine.IO and Socket.IO outlive the requests that opened them. A request ends at its upgrade, with status 101, and an idle connection keeps none of the
    /// host's memory for it, which is about 5 KiB. Concerns HTTP/1.1 without <c>permessage-deflate</c>; other WebSockets stay within their requests.</summary>
    /// <remarks>
    /// <para>What changes: middlewares see the request end at the upgrade, and so do request logs, <c>http.server.request.duration</c> and <c>http.server.active_requests</c>. The request's
    /// services are disposed then, and <c>IHttpContextAccessor</c> gives no context to the handlers of events. Kestrel's <c>MaxConcurrentUpgradedConnections</c> and
    /// <c>kestrel.upgraded_connections</c> no longer count the connection; <see cref="EngineIO.AspNetCore.EngineOptions.MaxSessions"/> limits it.</para>
    /// <para>What does not: Kestrel counts and logs the connection, and waits for it when it stops.</para>
    /// <para>Call it behind <c>UseHttps</c>. In front of it nothing is detached, for it would be the encrypted side.</para>
    /// </remarks>
    /// <param name="listenOptions">The endpoint.</param>
    /// <returns>The same endpoint.</returns>
    public static ListenOptions UseDetachedWebSockets(this ListenOptions listenOptions)
    {
        ArgumentNullException.ThrowIfNull(listenOptions);
        listenOptions.Use(static next => connection => DetachableConnection.RunAsync(connection, next));
        return listenOptions;
    }
}
