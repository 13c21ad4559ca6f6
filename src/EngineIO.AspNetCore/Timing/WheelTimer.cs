namespace EngineIO.AspNetCore.Timing;

/// <summary>One deadline on a <see cref="TimerWheel"/>, to be set any number of times. The wheel guards its state.</summary>
/// <param name="callback">Called when the time has come.</param>
/// <param name="state">Its argument.</param>
internal sealed class WheelTimer(Action<object> callback, object state)
{
    public WheelTimer(Action callback)
        : this(static callback => ((Action)callback)(), callback)
    {
    }

    internal WheelTimer? Next;
    internal WheelTimer? Previous;
    internal long DueTick;

    /// <summary>The tick of the bucket that holds the timer; earlier than <see cref="DueTick"/> when the deadline was put off in place.</summary>
    internal long SlotTick;
    internal bool IsLinked;

    internal void Fire() => callback(state);
}
