using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Shared;
using SocketIO.Client;
using SocketIO.Client.Internal;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers Socket.IO clients. They say goodbye to their servers when the container is disposed of, which a host does after its services have stopped.</summary>
/// <remarks>
/// <para>Options are <see cref="SocketManagerOptions"/> under the client's name, so that <c>Configure</c> and <c>PostConfigure</c> work as with any other;
/// where nothing else is set, the container's <c>ILoggerFactory</c> and <see cref="TimeProvider"/> are used. Options that cannot be stop the start of a host.</para>
/// <para>Nothing connects before <see cref="ClientSocket.ConnectAsync"/> is called, unless <see cref="SocketManagerOptions.AutoConnect"/> is set.</para>
/// </remarks>
public static class SocketIOClientServiceCollectionExtensions
{
    /// <summary>Adds a <see cref="SocketIOClientFactory"/>, for sockets whose URLs are known later.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options of sockets that are given none of their own.</param>
    public static IServiceCollection AddSocketIOClient(this IServiceCollection services, Action<SocketManagerOptions>? configure = null) =>
        services.AddSocketIOClient((options, _) => configure?.Invoke(options));

    /// <summary>Adds a <see cref="SocketIOClientFactory"/>, for sockets whose URLs are known later.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options of sockets that are given none of their own, with what the container has: a handler of <c>IHttpMessageHandlerFactory</c>, for instance.</param>
    public static IServiceCollection AddSocketIOClient(this IServiceCollection services, Action<SocketManagerOptions, IServiceProvider> configure)
    {
        AddOptions(services, Options.Options.DefaultName, configure);
        services.TryAddSingleton(static provider => new SocketIOClientFactory(() => CreateOptions(provider, Options.Options.DefaultName)));
        return services;
    }

    /// <summary>Adds a <see cref="SocketIOClientFactory"/> whose options stand in the configuration, by the names of the properties:
    /// <c>AddSocketIOClient(builder.Configuration.GetSection("SocketIO"))</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The section that holds the options. A list there replaces the default. A name that is not known or a value that cannot be read stops the host's
    /// start, with a message that says what to do.</param>
    /// <param name="configure">Sets options after the configuration, such as those that are code.</param>
    public static IServiceCollection AddSocketIOClient(this IServiceCollection services, IConfiguration configuration, Action<SocketManagerOptions>? configure = null) =>
        services.AddSocketIOClient(Read(Options.Options.DefaultName, configuration, configure));

    /// <summary>Adds a client of one server, on a connection of its own: a <see cref="ClientSocket"/> and its <see cref="SocketManager"/>, as services with a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services and the name of the options.</param>
    /// <param name="url">The address of the server; its path is the namespace.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSocketIOClient(
        this IServiceCollection services, string name, string url, Action<SocketManagerOptions>? configure = null) =>
        services.AddSocketIOClient(name, url, (options, _) => configure?.Invoke(options));

    /// <summary>Adds a client of one server, on a connection of its own: a <see cref="ClientSocket"/> and its <see cref="SocketManager"/>, as services with a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services and the name of the options.</param>
    /// <param name="url">The address of the server; its path is the namespace.</param>
    /// <param name="configure">Sets the options with what the container has.</param>
    public static IServiceCollection AddSocketIOClient(
        this IServiceCollection services, string name, string url, Action<SocketManagerOptions, IServiceProvider> configure)
    {
        if (name is null) throw new ArgumentNullException(nameof(name));
        AddOptions(services, name, configure);
        services.TryAddKeyedSingleton(name, (provider, _) =>
        {
            var options = CreateOptions(provider, name);
            var address = ServerAddress.Parse(url, new Loggers(options.LoggerFactory).Url);
            return new SocketManager(address.Uri, address.Source, options);
        });
        services.TryAddKeyedSingleton(name, (provider, _) =>
        {
            var manager = provider.GetRequiredKeyedService<SocketManager>(name);
            return manager.Socket(ServerAddress.Parse(url, manager.Loggers.Url).Namespace);
        });
        return services;
    }

    /// <summary>Adds a client of one server whose options stand in the configuration: a <see cref="ClientSocket"/> and its <see cref="SocketManager"/>, as services with a key.</summary>
    /// <param name="services">The services.</param>
    /// <param name="name">The key of the services and the name of the options.</param>
    /// <param name="url">The address of the server; its path is the namespace.</param>
    /// <param name="configuration">The section that holds the options. A list there replaces the default. A name that is not known or a value that cannot be read stops the host's
    /// start, with a message that says what to do.</param>
    /// <param name="configure">Sets options after the configuration, such as those that are code.</param>
    public static IServiceCollection AddSocketIOClient(
        this IServiceCollection services, string name, string url, IConfiguration configuration, Action<SocketManagerOptions>? configure = null) =>
        services.AddSocketIOClient(name, url, Read(name, configuration, configure));

    private static Action<SocketManagerOptions> Read(string name, IConfiguration configuration, Action<SocketManagerOptions>? configure)
    {
        if (configuration is null) throw new ArgumentNullException(nameof(configuration));
        return options =>
        {
            var section = new OptionsSection(configuration);
            SocketManagerOptionsReader.Read(section, options);
            section.Complete(name, typeof(SocketManagerOptions));
            configure?.Invoke(options);
        };
    }

    // An object for each manager: handlers may change it.
    private static SocketManagerOptions CreateOptions(IServiceProvider provider, string name) =>
        provider.GetRequiredService<IOptionsFactory<SocketManagerOptions>>().Create(name);

    private static void AddOptions(IServiceCollection services, string name, Action<SocketManagerOptions, IServiceProvider> configure)
    {
        if (services is null) throw new ArgumentNullException(nameof(services));
        if (configure is null) throw new ArgumentNullException(nameof(configure));
        services.AddOptions<SocketManagerOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<SocketManagerOptions>, SocketManagerOptionsSetup>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<SocketManagerOptions>, SocketManagerOptionsSetup>());
    }
}
