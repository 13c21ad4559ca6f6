using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.WebSockets;

/// <summary>Puts <see cref="WebSocketStream"/> below the WebSockets that ASP.NET Core accepts, over HTTP/1.1 and HTTP/2.</summary>
internal static class WebSocketStreamFeature
{
    public static void Install(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade) context.Features.Set<IHttpUpgradeFeature>(new Upgrade(upgrade, context.Features));
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { } connect) context.Features.Set<IHttpExtendedConnectFeature>(new Connect(connect, context.Features));
    }

    // Left among the features for the transport to find.
    private static WebSocketStream Put(IFeatureCollection features, Stream stream)
    {
        var put = new WebSocketStream(stream);
        features.Set(put);
        return put;
    }

    private sealed class Upgrade(IHttpUpgradeFeature inner, IFeatureCollection features) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => Put(features, await inner.UpgradeAsync());
    }

    private sealed class Connect(IHttpExtendedConnectFeature inner, IFeatureCollection features) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => inner.IsExtendedConnect;

        public string? Protocol => inner.Protocol;

        public async ValueTask<Stream> AcceptAsync() => Put(features, await inner.AcceptAsync());
    }
}
