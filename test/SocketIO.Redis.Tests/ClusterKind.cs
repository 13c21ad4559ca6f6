using Microsoft.Extensions.DependencyInjection;
using SocketIO.AspNetCore;

namespace SocketIO.Redis.Tests;

/// <summary>One of the ways for servers to be a cluster over Redis: here, and at the official servers.</summary>
/// <param name="Adapter">The name that <c>cluster.mjs</c> knows.</param>
/// <param name="Settings">The options of the official adapter, for channels and keys of their own.</param>
/// <param name="Add">Adds ours to a server: with an address, a prefix, and what is set besides.</param>
public sealed record ClusterKind(string Adapter, Func<string, object> Settings, Action<ISocketIOBuilder, string, string, Action<RedisOptions>?> Add)
{
    public static ClusterKind Classic { get; } = OfClassic(onSpecificChannel: false);

    public static ClusterKind ClassicOnSpecificChannel { get; } = OfClassic(onSpecificChannel: true);

    public static ClusterKind Streams { get; } = new(
        "streams",
        static prefix => new { streamName = prefix, channelPrefix = prefix, sessionKeyPrefix = prefix + ":session:", blockTimeInMs = 200 },
        static (io, address, prefix, configure) => io.AddRedisStreams(address, options =>
        {
            (options.StreamName, options.ChannelPrefix, options.SessionKeyPrefix) = (prefix, prefix, prefix + ":session:");
            configure?.Invoke(options);
        }));

    public static ClusterKind Sharded(RedisSubscriptionMode mode) => new(
        "sharded",
        prefix => new
        {
            channelPrefix = prefix,
            subscriptionMode = mode switch
            {
                RedisSubscriptionMode.Static => "static",
                RedisSubscriptionMode.Dynamic => "dynamic",
                _ => "dynamic-private",
            },
        },
        (io, address, prefix, configure) => io.AddRedisSharded(address, options =>
        {
            (options.ChannelPrefix, options.SubscriptionMode) = (prefix, mode);
            configure?.Invoke(options);
        }));

    private static ClusterKind OfClassic(bool onSpecificChannel) => new(
        "classic",
        prefix => new { key = prefix, publishOnSpecificResponseChannel = onSpecificChannel },
        (io, address, prefix, configure) => io.AddRedis(address, options =>
        {
            (options.Key, options.PublishOnSpecificResponseChannel) = (prefix, onSpecificChannel);
            configure?.Invoke(options);
        }));
}
