using EngineIO.AspNetCore.Timing;
using Microsoft.Extensions.Time.Testing;

namespace EngineIO.AspNetCore.Tests.Timing;

[Trait("Spec", "EIO-HB-11")]
public sealed class TimerWheelTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly TimerWheel _wheel;

    public TimerWheelTests() => _wheel = new TimerWheel(_time);

    public void Dispose() => _wheel.Dispose();

    [Fact]
    public void Callback_that_throws_holds_up_no_other()
    {
        var fired = 0;
        _wheel.Schedule(new WheelTimer(() => throw new InvalidOperationException("a logger's")), TimeSpan.FromMilliseconds(100));
        _wheel.Schedule(new WheelTimer(() => fired++), TimeSpan.FromMilliseconds(100));
        _wheel.Schedule(new WheelTimer(() => fired++), TimeSpan.FromMilliseconds(500));

        AdvanceInSteps(600);

        Assert.Equal(2, fired);
        Assert.Equal(0, _wheel.Count);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(300)]
    [InlineData(5_000)]
    [InlineData(25_000)]
    [InlineData(120_000)]
    public void Fires_once_when_due_and_not_before(int milliseconds)
    {
        var fired = 0;
        var timer = new WheelTimer(() => fired++);
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(milliseconds));
        Assert.Equal(1, _wheel.Count);

        AdvanceInSteps(milliseconds - 1);
        Assert.Equal(0, fired);
        AdvanceInSteps(33);
        Assert.Equal(1, fired);
        Assert.Equal(0, _wheel.Count);
        AdvanceInSteps(20_000);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_cancelled_timer_does_not_fire_and_is_let_go()
    {
        var timer = new WheelTimer(() => Assert.Fail("fired"));
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(50));
        _wheel.Cancel(timer);
        _wheel.Cancel(timer);
        Assert.Equal(0, _wheel.Count);
        AdvanceInSteps(200);
    }

    [Fact]
    public void A_timer_put_off_fires_at_its_new_time_only()
    {
        var fired = 0;
        var timer = new WheelTimer(() => fired++);
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(100));
        AdvanceInSteps(90);
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(100));
        AdvanceInSteps(95);
        Assert.Equal(0, fired);
        AdvanceInSteps(10);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_timer_brought_forward_fires_at_its_new_time()
    {
        var fired = 0;
        var timer = new WheelTimer(() => fired++);
        _wheel.Schedule(timer, TimeSpan.FromSeconds(60));
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(10));
        Assert.Equal(1, _wheel.Count);
        AdvanceInSteps(11);
        Assert.Equal(1, fired);
    }

    [Fact]
    public void A_callback_may_set_its_own_timer_again()
    {
        var fired = 0;
        WheelTimer timer = null!;
        timer = new WheelTimer(() =>
        {
            if (++fired < 5) _wheel.Schedule(timer, TimeSpan.FromMilliseconds(100));
        });
        _wheel.Schedule(timer, TimeSpan.FromMilliseconds(100));
        AdvanceInSteps(1_000);
        Assert.Equal(5, fired);
        Assert.Equal(0, _wheel.Count);
    }

    [Fact]
    public void One_jump_in_time_fires_everything_that_is_due()
    {
        var fired = 0;
        for (var i = 1; i <= 1_000; i++) _wheel.Schedule(new WheelTimer(() => fired++), TimeSpan.FromMilliseconds(i * 60));
        _time.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1_000, fired);
    }

    [Fact]
    public void Many_random_timers_fire_in_their_time()
    {
        var random = new Random(42);
        var start = _time.GetTimestamp();
        var late = new List<string>();
        var fired = 0;
        for (var i = 0; i < 2_000; i++)
        {
            var delay = TimeSpan.FromMilliseconds(random.Next(1, 30_000));
            var timer = new WheelTimer(() =>
            {
                fired++;
                var lateness = _time.GetElapsedTime(start) - delay;
                if (lateness < -TimerWheel.Precision || lateness > TimeSpan.FromMilliseconds(34)) late.Add($"{delay}: {lateness}");
            });
            _wheel.Schedule(timer, delay);
        }

        AdvanceInSteps(30_100);
        Assert.Empty(late);
        Assert.Equal(2_000, fired);
    }

    private void AdvanceInSteps(int milliseconds)
    {
        for (var i = 0; i < milliseconds; i++) _time.Advance(TimeSpan.FromMilliseconds(1));
    }
}
