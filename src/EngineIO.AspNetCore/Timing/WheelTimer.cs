namespace EngineIO.AspNetCore.Timing;

/// <summary>One deadline on a <see cref="TimerWheel"/>, to be set any number of times. The wheel guards its state.</summary>
internal sealed class WheelTimer(Action callback)
{
    internal WheelTimer? Next;
    internal WheelTimer? Previous;
    internal long DueTick;

    /// <summary>The tick of the bucket that holds the timer; earlier than <see cref="DueTick"/> when the deadline was put off in place.</summary>
    internal long SlotTick;
    internal bool IsLinked;

    internal void Fire() => callback();
}
