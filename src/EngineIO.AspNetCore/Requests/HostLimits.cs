using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core.Features;

namespace EngineIO.AspNetCore.Requests;

/// <summary>The host's limits on a request, which must not end a session: a slow peer is ended by the heartbeat, a long body by <c>maxHttpBufferSize</c>, and
/// what a peer does not read by the caps of the send queue.</summary>
internal static class HostLimits
{
    public static void Lift(HttpContext context)
    {
        var features = context.Features;
        if (features.Get<IHttpMinResponseDataRateFeature>() is { } responseRate) responseRate.MinDataRate = null;
        if (!HttpMethods.IsPost(context.Request.Method)) return;
        if (features.Get<IHttpMinRequestBodyDataRateFeature>() is { } bodyRate) bodyRate.MinDataRate = null;
        if (features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } bodySize) bodySize.MaxRequestBodySize = null;
    }
}
