using Microsoft.Extensions.DependencyInjection.Extensions;
using SocketIO.Redis.Emitters;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers emitters, for processes that serve no sockets. Each connects when it is first used.</summary>
public static class SocketIORedisEmitterExtensions
{
    /// <summary>Adds a <see cref="RedisEmitter"/>, for servers of <c>AddRedis</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options.</param>
    public static IServiceCollection AddSocketIORedisEmitter(this IServiceCollection services, string configuration, Action<RedisEmitterOptions>? configure = null) =>
        services.AddSocketIORedisEmitter(Set(configuration, configure));

    /// <summary>Adds a <see cref="RedisEmitter"/>, for servers of <c>AddRedis</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSocketIORedisEmitter(this IServiceCollection services, Action<RedisEmitterOptions> configure) =>
        Add(services, configure, static options => new RedisEmitter(options));

    /// <summary>Adds a <see cref="ShardedRedisEmitter"/>, for servers of <c>AddRedisSharded</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options.</param>
    public static IServiceCollection AddSocketIORedisShardedEmitter(
        this IServiceCollection services, string configuration, Action<ShardedRedisEmitterOptions>? configure = null) =>
        services.AddSocketIORedisShardedEmitter(Set(configuration, configure));

    /// <summary>Adds a <see cref="ShardedRedisEmitter"/>, for servers of <c>AddRedisSharded</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSocketIORedisShardedEmitter(this IServiceCollection services, Action<ShardedRedisEmitterOptions> configure) =>
        Add(services, configure, static options => new ShardedRedisEmitter(options));

    /// <summary>Adds a <see cref="RedisStreamsEmitter"/>, for servers of <c>AddRedisStreams</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The connection string, such as <c>localhost</c>.</param>
    /// <param name="configure">Sets other options.</param>
    public static IServiceCollection AddSocketIORedisStreamsEmitter(
        this IServiceCollection services, string configuration, Action<RedisStreamsEmitterOptions>? configure = null) =>
        services.AddSocketIORedisStreamsEmitter(Set(configuration, configure));

    /// <summary>Adds a <see cref="RedisStreamsEmitter"/>, for servers of <c>AddRedisStreams</c>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    public static IServiceCollection AddSocketIORedisStreamsEmitter(this IServiceCollection services, Action<RedisStreamsEmitterOptions> configure) =>
        Add(services, configure, static options => new RedisStreamsEmitter(options));

    private static IServiceCollection Add<TOptions, TEmitter>(IServiceCollection services, Action<TOptions> configure, Func<TOptions, TEmitter> create)
        where TOptions : EmitterOptions, new()
        where TEmitter : ClusterEmitter
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.TryAddSingleton(provider =>
        {
            var options = new TOptions();
            configure(options);
            options.ConnectionMultiplexer ??= options.ConnectionMultiplexerFactory?.Invoke(provider);
            return create(options);
        });
        return services;
    }

    private static Action<TOptions> Set<TOptions>(string configuration, Action<TOptions>? configure)
        where TOptions : EmitterOptions => options =>
        {
            options.Configuration = configuration;
            configure?.Invoke(options);
        };
}
