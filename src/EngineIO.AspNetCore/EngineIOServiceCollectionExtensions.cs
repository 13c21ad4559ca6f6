using System.Diagnostics.Metrics;
using EngineIO.AspNetCore;
using EngineIO.AspNetCore.Requests;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers an Engine.IO server.</summary>
public static class EngineIOServiceCollectionExtensions
{
    /// <summary>Adds an <see cref="EngineServer"/>, to be mapped with <c>MapEngineIO</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets its options; invalid ones stop the host's start.</param>
    public static IServiceCollection AddEngineIO(this IServiceCollection services, Action<EngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<EngineOptions>().ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EngineOptions>, EngineOptionsValidator>());
        services.TryAddSingleton(static provider =>
        {
            var server = new EngineServer(
                provider.GetRequiredService<IOptions<EngineOptions>>().Value,
                provider.GetRequiredService<ILoggerFactory>(),
                provider.GetService<TimeProvider>() ?? TimeProvider.System,
                provider.GetService<IMeterFactory>());
            // Long polls and WebSockets must not hold up the host's shutdown.
            provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => _ = server.CloseAsync().AsTask());
            return server;
        });
        return services.AddHostedService<EndpointCheck>();
    }

    /// <summary>Adds an <see cref="EngineServer"/> whose options stand in the configuration, by the names of the properties.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section that holds the options. A name that is not known or a value that cannot be read stops the host's start, with a message
    /// that says what to do.</param>
    /// <param name="configure">Sets options after the configuration, such as those that are code.</param>
    public static IServiceCollection AddEngineIO(this IServiceCollection services, IConfiguration configuration, Action<EngineOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return services.AddEngineIO(options =>
        {
            var section = new OptionsSection(configuration);
            EngineOptionsReader.Read(section, options);
            section.Complete(Options.Options.DefaultName, typeof(EngineOptions));
            configure?.Invoke(options);
        });
    }
}
