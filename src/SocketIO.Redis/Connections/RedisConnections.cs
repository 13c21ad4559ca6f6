using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Options;
using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;

namespace SocketIO.Redis.Connections;

/// <summary>The connections of the servers that are made with the same options: one for each server, and for each Redis that its namespaces use.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class RedisConnections(IMeterFactory? meterFactory = null)
{
    private readonly ConcurrentDictionary<(SocketIOServer Server, string? Configuration, object? Given), RedisConnection> _connections = new();

    public RedisMetrics Metrics { get; } = new(meterFactory);

    /// <summary>What the option <see cref="SocketIOOptions.Adapter"/> wants.</summary>
    /// <param name="options">The options of all namespaces.</param>
    /// <param name="create">Makes the adapter of one, with its own options.</param>
    /// <param name="configureNamespace">Sets what is different for a namespace; null for nothing.</param>
    /// <exception cref="OptionsValidationException">From what it gives: the options of the namespace are wrong.</exception>
    public Func<ServerNamespace, IAdapter> ToAdapter<TOptions>(
        TOptions options, Func<ServerNamespace, TOptions, RedisConnection, RedisClusterAdapter> create, Action<string, TOptions>? configureNamespace = null)
        where TOptions : RedisOptions => ns =>
        {
            var own = options;
            if (configureNamespace is not null)
            {
                own = (TOptions)options.Copy();
                configureNamespace(ns.Name, own);
                if (own.Check() is { Count: > 0 } faults) throw new OptionsValidationException(ns.Name, typeof(TOptions), faults);
            }

            return create(ns, own, Take(ns.Server, own));
        };

    internal void Forget(RedisConnection connection)
    {
        foreach (var pair in _connections)
        {
            if (pair.Value == connection) _connections.TryRemove(pair);
        }
    }

    private RedisConnection Take(SocketIOServer server, RedisOptions options)
    {
        var key = (server, options.Configuration, (object?)options.ConnectionMultiplexer ?? options.ConfigurationOptions);
        var connection = _connections.GetOrAdd(
            key, static (_, state) => new RedisConnection(state.options, state.Item1, state.server.TimeProvider, state.server.Loggers.Adapter), (this, options, server));
        connection.Enter();
        return connection;
    }
}
