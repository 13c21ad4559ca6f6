using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    private readonly List<IEndpointConventionBuilder> _endpoints = [];

    /// <summary>Maps the server's path, WebSockets included.</summary>
    /// <param name="endpoints">The host's endpoints.</param>
    /// <param name="handler">What runs for each captured request; by default <see cref="HandleAsync"/>.</param>
    /// <returns>The same server, which takes endpoint conventions such as <c>RequireAuthorization</c>.</returns>
    public EngineServer MapTo(IEndpointRouteBuilder endpoints, RequestDelegate? handler = null)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        var prefix = Options.Path.TrimEnd('/');
        var pipeline = endpoints.CreateApplicationBuilder();
        pipeline.Use(next => context =>
        {
            if (Compresses(context)) WebSocketStreamFeature.Install(context);
            return next(context);
        });
        pipeline.UseWebSockets(new WebSocketOptions { KeepAliveInterval = TimeSpan.Zero });
        pipeline.Run(handler ?? HandleAsync);
        var pattern = RoutePatternFactory.Parse(
            prefix + "/{**rest}",
            defaults: null,
            parameterPolicies: new RouteValueDictionary { ["rest"] = new CapturedPath(prefix, Options.AddTrailingSlash) });
        var endpoint = endpoints.Map(pattern, pipeline.Build());
        endpoint.WithDisplayName($"Engine.IO {prefix}");
        // Long polls and WebSockets last; the heartbeat ends those that are dead.
        endpoint.DisableRequestTimeout();
        endpoint.Finally(HostRequirements.Check);
        lock (_endpoints) _endpoints.Add(endpoint);
        return this;
    }

    void IEndpointConventionBuilder.Add(Action<EndpointBuilder> convention) => ForEachEndpoint(endpoint => endpoint.Add(convention));

    void IEndpointConventionBuilder.Finally(Action<EndpointBuilder> finallyConvention) => ForEachEndpoint(endpoint => endpoint.Finally(finallyConvention));

    private void ForEachEndpoint(Action<IEndpointConventionBuilder> action)
    {
        lock (_endpoints)
        {
            if (_endpoints.Count == 0) throw new InvalidOperationException("Endpoint conventions apply to a mapped server: call MapEngineIO or MapSocketIO first.");
            _endpoints.ForEach(action);
        }
    }
}
