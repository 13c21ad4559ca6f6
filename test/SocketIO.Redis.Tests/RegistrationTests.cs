using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SocketIO.AspNetCore;
using SocketIO.Redis.Streams;
using StackExchange.Redis;
using TestKit;

namespace SocketIO.Redis.Tests;

/// <summary>A server becomes one of a cluster in one line.</summary>
public sealed class RegistrationTests(SharedRedis redis)
{
    private readonly string _prefix = SharedRedis.NextPrefix();

    [Fact]
    public async Task OneLineMakesACluster()
    {
        await using var a = await StartAsync(io => io.AddRedis(redis.Address, options => options.Key = _prefix));
        await using var b = await StartAsync(io => io.AddRedis(options => (options.Configuration, options.Key) = (redis.Address, _prefix)));
        Assert.IsType<RedisAdapter>(a.Io.Sockets.Adapter);
        await Subscribed.UntilAsync(a.Io.Sockets, 2);
        await HearsAsync(a.Io, b.Io);
    }

    [Fact]
    public async Task OneLineMakesAShardedCluster()
    {
        void Configure(ShardedRedisAdapterOptions options) => options.ChannelPrefix = _prefix;
        await using var a = await StartAsync(io => io.AddRedisSharded(redis.Address, Configure));
        await using var b = await StartAsync(io => io.AddRedisSharded(
            options => (options.Configuration, options.ChannelPrefix) = (redis.Address, "nobody's"), (_, options) => Configure(options)));
        Assert.IsType<ShardedRedisAdapter>(a.Io.Sockets.Adapter);
        await Subscribed.UntilAsync(a.Io.Sockets, 2);
        await HearsAsync(a.Io, b.Io);
    }

    [Fact]
    public async Task WhatIsWrongWithShardedOptionsIsNamed()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(io => io.AddRedisSharded(
            "localhost", options => (options.ChannelPrefix, options.SubscriptionMode, options.RecoveryLogLength) = ("", (RedisSubscriptionMode)3, -1))));
        Assert.Equal(
            [
                "The option ChannelPrefix is empty; set it to a name such as \"socket.io\".",
                "The option SubscriptionMode is 3; set it to one of Dynamic, Static, DynamicPrivate.",
                "The option RecoveryLogLength is -1; set it to the number of events to keep, such as 10000, or to 0 for none.",
            ],
            exception.Failures);
    }

    [Fact]
    public async Task OneLineMakesAClusterOverStreams()
    {
        void Configure(RedisStreamsAdapterOptions options) => (options.StreamName, options.ChannelPrefix) = (_prefix, _prefix);
        await using var a = await StartAsync(io => io.AddRedisStreams(redis.Address, Configure));
        await using var b = await StartAsync(io => io.AddRedisStreams(redis.Address, Configure));
        Assert.IsType<RedisStreamsAdapter>(a.Io.Sockets.Adapter);
        await Subscribed.UntilAsync(a.Io.Sockets, 2);
        await HearsAsync(a.Io, b.Io);
    }

    [Fact]
    public async Task AConnectionThatTheApplicationHasIsLeftOpen()
    {
        await using var connection = await ConnectionMultiplexer.ConnectAsync(redis.Address);
        await using (var a = await StartAsync(
            io => io.AddRedis(options => (options.Key, options.ConnectionMultiplexerFactory) = (_prefix, static services => services.GetRequiredService<IConnectionMultiplexer>())),
            services => services.AddSingleton<IConnectionMultiplexer>(connection)))
        {
            await Subscribed.UntilAsync(a.Io.Sockets, 1);
            Assert.Equal(1, await CountAsync($"{_prefix}-request#/#"));
        }

        Assert.Equal(0, await CountAsync($"{_prefix}-request#/#"));

        async Task<long> CountAsync(string channel) => (long)(await connection.GetServers()[0].ExecuteAsync("PUBSUB", "NUMSUB", channel))[1];
    }

    [Fact]
    public async Task ANamespaceMayDiffer()
    {
        void Other(string ns, RedisAdapterOptions options) => options.Key += ns == "/other" ? "-other" : "";
        await using var a = await StartAsync(io => io.AddRedis(redis.Address, options => options.Key = _prefix, Other));
        await using var b = await StartAsync(io => io.AddRedis(redis.Address, options => options.Key = _prefix));
        await Subscribed.UntilAsync(a.Io.Sockets, 2);
        await Subscribed.UntilAsync(a.Io.Of("/other"), 1);
        await Subscribed.UntilAsync(b.Io.Of("/other"), 1);
        await Subscribed.UntilAsync(a.Io.Of("/same"), 1);
        b.Io.Of("/same");
        await Subscribed.UntilAsync(a.Io.Of("/same"), 2);
    }

    [Fact]
    public async Task WhatIsWrongStopsTheStartAndIsNamedAllAtOnce()
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(io => io.AddRedisStreams(options =>
        {
            options.StreamName = "";
            options.StreamCount = 0;
            options.MaxLength = -1;
            options.ReadCount = 0;
            options.BlockTime = TimeSpan.Zero;
            options.SelfTestInterval = TimeSpan.FromSeconds(-1);
            options.RequestTimeout = TimeSpan.FromDays(25);
        })));
        string[] wanted =
        [
            "The option Configuration is empty; set it to a connection string such as \"localhost\", or set ConnectionMultiplexer.",
            "The option RequestTimeout is 25.00:00:00; set it to a time above zero and below 24 days.",
            "The option SelfTestInterval is -00:00:01; set it to a time below 24 days, or to zero for never.",
            "The option StreamName is empty; set it to a name such as \"socket.io\".",
            "The option StreamCount is 0; set it to at least 1.",
            "The option MaxLength is -1; set it to at least 1.",
            "The option ReadCount is 0; set it to at least 1.",
            "The option BlockTime is 00:00:00; set it to a time above zero and below 24 days.",
        ];
        Assert.Equal(wanted, exception.Failures);
    }

    [Theory]
    [InlineData("localhost,nonsense=1", "The option Configuration is no connection string of StackExchange.Redis:")]
    [InlineData(" ", "The option Configuration is empty;")]
    public async Task AConnectionStringThatIsNoneStopsTheStart(string configuration, string wanted)
    {
        var exception = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(io => io.AddRedis(configuration, options => options.RecoveryLogLength = -1)));
        Assert.StartsWith(wanted, exception.Failures.First());
        Assert.Equal("The option RecoveryLogLength is -1; set it to the number of events to keep, such as 10000, or to 0 for none.", exception.Failures.Last());
    }

    private static async Task HearsAsync(SocketIOServer a, SocketIOServer b)
    {
        a.ServerSide.OnRequest("question", (string text) => text + "!");
        Assert.Equal(["hello!"], await b.ServerSideEmitWithAckAsync<string>("question", "hello").WithDeadline());
    }

    private static async Task<TestServer> StartAsync(Action<ISocketIOBuilder> add, Action<IServiceCollection>? services = null)
    {
        SocketIOServer io = null!;
        var web = await WebServer.StartAsync(
            builder =>
            {
                services?.Invoke(builder.Services);
                add(builder.Services.AddSocketIO());
            },
            app => io = app.MapSocketIO());
        return new TestServer(web, io);
    }

    private sealed record TestServer(WebServer Web, SocketIOServer Io) : IAsyncDisposable
    {
        public ValueTask DisposeAsync() => Web.DisposeAsync();
    }
}
