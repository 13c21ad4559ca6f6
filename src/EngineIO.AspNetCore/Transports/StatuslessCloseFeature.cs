using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace EngineIO.AspNetCore.Transports;

/// <summary>Puts <see cref="StatuslessClose"/> below the WebSockets that ASP.NET Core accepts, over HTTP/1.1 and HTTP/2.</summary>
internal static class StatuslessCloseFeature
{
    public static void Install(HttpContext context)
    {
        if (context.Features.Get<IHttpUpgradeFeature>() is { } upgrade) context.Features.Set<IHttpUpgradeFeature>(new Upgrade(upgrade));
        if (context.Features.Get<IHttpExtendedConnectFeature>() is { } connect) context.Features.Set<IHttpExtendedConnectFeature>(new Connect(connect));
    }

    private sealed class Upgrade(IHttpUpgradeFeature inner) : IHttpUpgradeFeature
    {
        public bool IsUpgradableRequest => inner.IsUpgradableRequest;

        public async Task<Stream> UpgradeAsync() => new StatuslessClose(await inner.UpgradeAsync());
    }

    private sealed class Connect(IHttpExtendedConnectFeature inner) : IHttpExtendedConnectFeature
    {
        public bool IsExtendedConnect => inner.IsExtendedConnect;

        public string? Protocol => inner.Protocol;

        public async ValueTask<Stream> AcceptAsync() => new StatuslessClose(await inner.AcceptAsync());
    }
}
