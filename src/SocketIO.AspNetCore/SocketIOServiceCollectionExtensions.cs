using System.Diagnostics.Metrics;
using EngineIO.AspNetCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Shared;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Internal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Socket.IO servers.</summary>
public static class SocketIOServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SocketIOServer"/>, to be mapped with <c>MapSocketIO</c> and to be injected wherever the application emits from.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets its options; invalid ones stop the host's start.</param>
    /// <returns>What to add more to this server with; its <see cref="ISocketIOBuilder.Services"/> are the services.</returns>
    public static ISocketIOBuilder AddSocketIO(this IServiceCollection services, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        AddOptions(services, Options.Options.DefaultName, configure);
        var builder = new SocketIOBuilder(services, Options.Options.DefaultName);
        if (services.Any(static service => service.ServiceType == typeof(SocketIOServer) && !service.IsKeyedService)) return builder;
        services.AddSingleton(static provider => Create(provider, Options.Options.DefaultName));
        services.AddSingleton<IHostedService>(static provider => new SocketIOLifetime(provider.GetRequiredService<SocketIOServer>(), provider));
        return builder;
    }

    /// <summary>Adds a server beside others, with options of its own: a keyed service, to be mapped with <c>MapSocketIO(name)</c>. Give it another
    /// <see cref="EngineOptions.Path"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the server, which is the key of the service and the name of the options.</param>
    /// <param name="configure">Sets its options; invalid ones stop the host's start.</param>
    /// <returns>What to add more to this server with; its <see cref="ISocketIOBuilder.Services"/> are the services.</returns>
    public static ISocketIOBuilder AddSocketIO(this IServiceCollection services, string name, Action<SocketIOOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(name);
        AddOptions(services, name, configure);
        var builder = new SocketIOBuilder(services, name);
        if (services.Any(service => service.ServiceType == typeof(SocketIOServer) && service.IsKeyedService && name.Equals(service.ServiceKey))) return builder;
        services.AddKeyedSingleton(name, (provider, _) => Create(provider, name));
        services.AddSingleton<IHostedService>(provider => new SocketIOLifetime(provider.GetRequiredKeyedService<SocketIOServer>(name), provider));
        return builder;
    }

    /// <summary>Adds a <see cref="SocketIOServer"/> whose options stand in the configuration, by the names of the properties:
    /// <c>AddSocketIO(builder.Configuration.GetSection("SocketIO"))</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section that holds the options. A name that is not known or a value that cannot be read stops the host's start, with a message
    /// that says what to do.</param>
    /// <param name="configure">Sets options after the configuration, such as those that are code.</param>
    /// <returns>What to add more to this server with; its <see cref="ISocketIOBuilder.Services"/> are the services.</returns>
    public static ISocketIOBuilder AddSocketIO(this IServiceCollection services, IConfiguration configuration, Action<SocketIOOptions>? configure = null) =>
        services.AddSocketIO(Read(Options.Options.DefaultName, configuration, configure));

    /// <summary>Adds a server beside others whose options stand in the configuration.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The name of the server, which is the key of the service and the name of the options.</param>
    /// <param name="configuration">The section that holds the options. A name that is not known or a value that cannot be read stops the host's start, with a message
    /// that says what to do.</param>
    /// <param name="configure">Sets options after the configuration, such as those that are code.</param>
    /// <returns>What to add more to this server with; its <see cref="ISocketIOBuilder.Services"/> are the services.</returns>
    public static ISocketIOBuilder AddSocketIO(
        this IServiceCollection services, string name, IConfiguration configuration, Action<SocketIOOptions>? configure = null) =>
        services.AddSocketIO(name, Read(name, configuration, configure));

    private static Action<SocketIOOptions> Read(string name, IConfiguration configuration, Action<SocketIOOptions>? configure)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return options =>
        {
            var section = new OptionsSection(configuration);
            SocketIOOptionsReader.Read(section, options);
            section.Complete(name, typeof(SocketIOOptions));
            configure?.Invoke(options);
        };
    }

    private static void AddOptions(IServiceCollection services, string name, Action<SocketIOOptions>? configure)
    {
        var options = services.AddOptions<SocketIOOptions>(name).ValidateOnStart();
        if (configure is not null) options.Configure(configure);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketIOOptions>, SocketIOOptionsValidator>());
    }

    private static SocketIOServer Create(IServiceProvider provider, string name)
    {
        var server = new SocketIOServer(
            provider.GetRequiredService<IOptionsMonitor<SocketIOOptions>>().Get(name),
            provider.GetRequiredService<ILoggerFactory>(),
            provider.GetService<TimeProvider>() ?? TimeProvider.System,
            provider.GetService<IMeterFactory>());
        // Before the web server waits for its connections to end: long polls and WebSockets would hold it up.
        provider.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(() => _ = server.StopAsync().AsTask());
        return server;
    }
}
