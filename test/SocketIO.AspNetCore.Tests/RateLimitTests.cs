using System.Threading.RateLimiting;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class RateLimitTests
{
    [Fact]
    public async Task EventsAboveTheLimitAreDroppedAndToldToOnError()
    {
        var trace = new Trace();
        var limiters = new List<TokenBucketRateLimiter>();
        await using var server = await StartAsync(trace, options => options.EventRateLimiter = _ => Add(limiters, Bucket(2)));
        await using var client = await server.ConnectAsync();
        using var metrics = new MetricRecorder(server.Services, "SocketIO.AspNetCore");
        for (int i = 0; i < 3; i++) await client.SendAsync("42[\"e\"]");
        await trace.UntilAsync(3);
        Assert.Equal(["e", "e", "refused e"], trace.Lines);
        Assert.Equal(1, metrics["socketio.server.rate_limited_events{socketio.namespace=/}"]);

        Assert.True(Assert.Single(limiters).TryReplenish());
        await client.SendAsync("42[\"e\"]");
        await trace.UntilAsync(4);
        Assert.Equal("e", trace.Lines[3]);

        await client.SendAsync("41");
        await Deadline.UntilAsync(() => IsDisposed(limiters[0]), "the limiter to be disposed of with its socket");
    }

    [Fact]
    public async Task EachSocketAndEachNamedEventHasItsOwnLimiter()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace, options =>
        {
            options.EventRateLimiters["rare"] = _ => Bucket(1);
            options.RateLimitExceeded = RateLimitExceededPolicy.Acknowledge;
        });
        await using var one = await server.ConnectAsync();
        await using var two = await server.ConnectAsync();
        await one.SendAsync("420[\"rare\"]");
        await one.ExpectAsync("430[\"rare\"]");
        await one.SendAsync("421[\"rare\"]");
        string refusal = await one.ReceiveAsync();
        Assert.StartsWith("431[{\"error\":\"Too many events\",\"retryAfter\":", refusal);
        await one.SendAsync("422[\"e\"]");
        await one.ExpectAsync("432[\"e\"]");
        await two.SendAsync("420[\"rare\"]");
        await two.ExpectAsync("430[\"rare\"]");
    }

    [Fact]
    public async Task AFactoryMayWaitForTheEndOfItsSocket()
    {
        var made = new TaskCompletionSource<TokenBucketRateLimiter>();
        await using var server = await StartAsync(new Trace(), options => options.EventRateLimiter = socket =>
        {
            // On another thread, which disposes of the limits.
            Task.Run(async () => await socket.DisconnectAsync()).WithDeadline("the disconnection").GetAwaiter().GetResult();
            var limiter = Bucket(1);
            made.SetResult(limiter);
            return limiter;
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\"]");
        await client.ExpectAsync("41");
        var late = await made.Task.WithDeadline("the limiter");
        await Deadline.UntilAsync(() => IsDisposed(late), "the limiter that came too late to be disposed of");
    }

    [Fact]
    public async Task TheSocketMayBeDisconnected()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace, options =>
        {
            options.EventRateLimiter = _ => Bucket(1);
            options.RateLimitExceeded = RateLimitExceededPolicy.Disconnect;
        });
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\"]");
        await client.SendAsync("42[\"e\"]");
        await client.ExpectAsync("41");
        await trace.UntilAsync("server namespace disconnect");
    }

    [Fact]
    public async Task AFactoryThatThrowsLetsNothingThrough()
    {
        var trace = new Trace();
        await using var server = await StartAsync(trace, options => options.EventRateLimiter = _ => throw new InvalidOperationException("fault"));
        await using var client = await server.ConnectAsync();
        await client.SendAsync("42[\"e\"]");
        await client.SendAsync("42[\"e\"]");
        await trace.UntilAsync(2);
        Assert.Equal(["refused e", "refused e"], trace.Lines);
        Assert.Single(server.Log.Errors);
    }

    private static Task<TestServer> StartAsync(Trace trace, Action<SocketIOOptions> options) => TestServer.StartAsync(
        io => io.OnConnection(socket =>
        {
            foreach (string name in (string[])["e", "rare"])
            {
                socket.On(name, async (Ack ack) =>
                {
                    trace.Add(name);
                    await ack.SendAsync(name);
                });
            }

            socket.OnError(error => trace.Add("refused " + Assert.IsType<RateLimitExceededException>(error).EventName));
            socket.OnDisconnected(info => trace.Add(info.Reason));
        }),
        options);

    private static TokenBucketRateLimiter Bucket(int tokens) => new(new()
    {
        TokenLimit = tokens,
        TokensPerPeriod = tokens,
        ReplenishmentPeriod = TimeSpan.FromTicks(1),
        AutoReplenishment = false,
    });

    private static TokenBucketRateLimiter Add(List<TokenBucketRateLimiter> limiters, TokenBucketRateLimiter limiter)
    {
        limiters.Add(limiter);
        return limiter;
    }

    private static bool IsDisposed(TokenBucketRateLimiter limiter)
    {
        try
        {
            limiter.AttemptAcquire().Dispose();
            return false;
        }
        catch (ObjectDisposedException)
        {
            return true;
        }
    }
}
