using System.Runtime.CompilerServices;
using EngineIO.Client.Http;
using Microsoft.Extensions.Time.Testing;

namespace EngineIO.Client.Tests;

/// <summary>The time of a request, and the session it belongs to: whichever ends first.</summary>
public sealed class RequestDeadlineTests : IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(3);

    private readonly FakeTimeProvider _time = new();
    private readonly CancellationTokenSource _session = new();

    public void Dispose() => _session.Dispose();

    [Fact]
    [Trait("Spec", "CLI-OPT-43")]
    public void Its_time_cancels_the_request_and_not_the_session()
    {
        using var deadline = new RequestDeadline(Limit, _time, _session.Token);
        _time.Advance(Limit - TimeSpan.FromMilliseconds(1));
        Assert.False(deadline.Token.IsCancellationRequested);
        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.True(deadline.HasPassed);
        Assert.False(_session.IsCancellationRequested);
        _session.Cancel();
        Assert.True(deadline.HasPassed);
    }

    [Theory]
    [InlineData(false), InlineData(true)]
    public void The_session_cancels_it_before_or_after_it_began(bool before)
    {
        if (before) _session.Cancel();
        using var deadline = new RequestDeadline(Limit, _time, _session.Token);
        if (!before) _session.Cancel();
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void A_request_that_is_over_is_not_cancelled()
    {
        var cancelled = 0;
        var deadline = new RequestDeadline(Limit, _time, _session.Token);
        deadline.Token.Register(() => cancelled++);
        deadline.Dispose();
        deadline.Dispose();
        _time.Advance(Limit + Limit);
        _session.Cancel();
        Assert.Equal(0, cancelled);
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void Without_a_limit_it_is_the_sessions()
    {
        using var deadline = new RequestDeadline(null, _time, _session.Token);
        Assert.Equal(_session.Token, deadline.Token);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.False(deadline.Token.IsCancellationRequested);
        _session.Cancel();
        Assert.True(deadline.Token.IsCancellationRequested);
        Assert.False(deadline.HasPassed);
    }

    [Fact]
    public void The_session_forgets_its_requests()
    {
        var requests = Enumerable.Range(0, 100).Select(_ => Run(new RequestDeadline(Limit, _time, _session.Token))).ToArray();
        GC.Collect();
        Assert.DoesNotContain(requests, request => request.IsAlive);
        GC.KeepAlive(_session);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference Run(RequestDeadline deadline)
        {
            // As a request does, which the session would keep with it.
            var request = new object();
            deadline.Token.Register(static _ => { }, request);
            deadline.Dispose();
            return new WeakReference(request);
        }
    }

    [Fact]
    public async Task An_end_and_a_limit_at_the_same_time_harm_nobody()
    {
        for (var round = 0; round < 1_000; round++)
        {
            var time = new FakeTimeProvider();
            var deadline = new RequestDeadline(Limit, time, _session.Token);
            using var barrier = new Barrier(2);
            var passing = Task.Run(() =>
            {
                barrier.SignalAndWait();
                time.Advance(Limit);
            });
            barrier.SignalAndWait();
            deadline.Dispose();
            await passing;
        }
    }
}
