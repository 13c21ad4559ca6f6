using System.Diagnostics.CodeAnalysis;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Streams;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Makes a server one of a cluster over Redis: <c>services.AddSocketIO().AddRedis("localhost")</c>. The last adapter that is added counts.</summary>
public static class SocketIORedisBuilderExtensions
{
    /// <summary>Adds the adapter on publish and subscribe, of one cluster with Node.js servers that use <c>createAdapter</c> of <c>@socket.io/redis-adapter</c>.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedis(
        this ISocketIOBuilder builder, string configuration, Action<RedisAdapterOptions>? configure = null, Action<string, RedisAdapterOptions>? configureNamespace = null) =>
        builder.AddRedis(Set(configuration, configure), configureNamespace);

    /// <summary>Adds the adapter on publish and subscribe, of one cluster with Node.js servers that use <c>createAdapter</c> of <c>@socket.io/redis-adapter</c>.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configure">Sets the options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedis(this ISocketIOBuilder builder, Action<RedisAdapterOptions> configure, Action<string, RedisAdapterOptions>? configureNamespace = null) =>
        Add(builder, configure, static (ns, options, connection) => new RedisAdapter(ns, options, connection), configureNamespace);

    /// <summary>Adds the adapter on sharded publish and subscribe, of one cluster with Node.js servers that use <c>createShardedAdapter</c> of <c>@socket.io/redis-adapter</c>. It needs
    /// Redis 7.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedisSharded(
        this ISocketIOBuilder builder, string configuration, Action<ShardedRedisAdapterOptions>? configure = null, Action<string, ShardedRedisAdapterOptions>? configureNamespace = null) =>
        builder.AddRedisSharded(Set(configuration, configure), configureNamespace);

    /// <summary>Adds the adapter on sharded publish and subscribe, of one cluster with Node.js servers that use <c>createShardedAdapter</c> of <c>@socket.io/redis-adapter</c>. It needs
    /// Redis 7.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configure">Sets the options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedisSharded(
        this ISocketIOBuilder builder, Action<ShardedRedisAdapterOptions> configure, Action<string, ShardedRedisAdapterOptions>? configureNamespace = null) =>
        Add(builder, configure, static (ns, options, connection) => new ShardedRedisAdapter(ns, options, connection), configureNamespace);

    /// <summary>Adds the adapter on streams, which recovers connections across servers, of one cluster with Node.js servers that use <c>@socket.io/redis-streams-adapter</c>.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedisStreams(
        this ISocketIOBuilder builder, string configuration, Action<RedisStreamsAdapterOptions>? configure = null, Action<string, RedisStreamsAdapterOptions>? configureNamespace = null) =>
        builder.AddRedisStreams(Set(configuration, configure), configureNamespace);

    /// <summary>Adds the adapter on streams, which recovers connections across servers, of one cluster with Node.js servers that use <c>@socket.io/redis-streams-adapter</c>.</summary>
    /// <param name="builder">The server, from <c>AddSocketIO</c>.</param>
    /// <param name="configure">Sets the options; invalid ones stop the host's start.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace: gets its name and a copy of the options.</param>
    public static ISocketIOBuilder AddRedisStreams(this ISocketIOBuilder builder, Action<RedisStreamsAdapterOptions> configure, Action<string, RedisStreamsAdapterOptions>? configureNamespace = null)
    {
        var tails = new StreamTails();
        return Add(builder, configure, (ns, options, connection) => new RedisStreamsAdapter(ns, options, connection, tails), configureNamespace);
    }

    private static ISocketIOBuilder Add<[DynamicallyAccessedMembers(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor)] TOptions>(
        ISocketIOBuilder builder,
        Action<TOptions> configure,
        Func<ServerNamespace, TOptions, RedisConnection, RedisClusterAdapter> create,
        Action<string, TOptions>? configureNamespace)
        where TOptions : RedisOptions
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(configure);
        var (services, name) = (builder.Services, builder.Name);
        services.AddOptions<TOptions>(name).Configure(configure).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<TOptions>, RedisOptionsValidator<TOptions>>());
        services.AddOptions<SocketIOOptions>(name).Configure<IServiceProvider>((server, provider) => server.Adapter = Adapter(provider));
        return builder;

        Func<ServerNamespace, IAdapter> Adapter(IServiceProvider provider)
        {
            var options = provider.GetRequiredService<IOptionsMonitor<TOptions>>().Get(name);
            options.ConnectionMultiplexer ??= options.ConnectionMultiplexerFactory?.Invoke(provider);
            return new RedisConnections(provider.GetService<IMeterFactory>()).ToAdapter(options, create, configureNamespace);
        }
    }

    private static Action<TOptions> Set<TOptions>(string configuration, Action<TOptions>? configure)
        where TOptions : RedisOptions => options =>
        {
            options.Configuration = configuration;
            configure?.Invoke(options);
        };
}
