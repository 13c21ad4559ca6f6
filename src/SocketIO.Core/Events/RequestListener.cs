using SocketIO.Json;

namespace SocketIO.Events;

/// <summary>A handler of 0 parameters whose result is the acknowledgement.</summary>
internal sealed class RequestListener<TResult>(Func<ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    public override ValueTask InvokeAsync(in EventInvocation invocation) => Answer.SendAsync(handler(), invocation);
}

/// <summary>A handler of 1 parameter whose result is the acknowledgement.</summary>
internal sealed class RequestListener<T1, TResult>(
    PayloadSerializer serializer, Func<T1, ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        return Answer.SendAsync(handler(a1!), invocation);
    }
}

/// <summary>A handler of 2 parameters whose result is the acknowledgement.</summary>
internal sealed class RequestListener<T1, T2, TResult>(
    PayloadSerializer serializer, Func<T1, T2, ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);
    private readonly Parameter<T2> _p2 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        var a2 = _p2.Read(ref reader, invocation);
        return Answer.SendAsync(handler(a1!, a2!), invocation);
    }
}

/// <summary>A handler of 3 parameters whose result is the acknowledgement.</summary>
internal sealed class RequestListener<T1, T2, T3, TResult>(
    PayloadSerializer serializer, Func<T1, T2, T3, ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);
    private readonly Parameter<T2> _p2 = new(serializer);
    private readonly Parameter<T3> _p3 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        var a2 = _p2.Read(ref reader, invocation);
        var a3 = _p3.Read(ref reader, invocation);
        return Answer.SendAsync(handler(a1!, a2!, a3!), invocation);
    }
}

/// <summary>A handler of 4 parameters whose result is the acknowledgement.</summary>
internal sealed class RequestListener<T1, T2, T3, T4, TResult>(
    PayloadSerializer serializer, Func<T1, T2, T3, T4, ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);
    private readonly Parameter<T2> _p2 = new(serializer);
    private readonly Parameter<T3> _p3 = new(serializer);
    private readonly Parameter<T4> _p4 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        var a2 = _p2.Read(ref reader, invocation);
        var a3 = _p3.Read(ref reader, invocation);
        var a4 = _p4.Read(ref reader, invocation);
        return Answer.SendAsync(handler(a1!, a2!, a3!, a4!), invocation);
    }
}

/// <summary>A handler of 5 parameters whose result is the acknowledgement.</summary>
internal sealed class RequestListener<T1, T2, T3, T4, T5, TResult>(
    PayloadSerializer serializer, Func<T1, T2, T3, T4, T5, ValueTask<TResult>> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);
    private readonly Parameter<T2> _p2 = new(serializer);
    private readonly Parameter<T3> _p3 = new(serializer);
    private readonly Parameter<T4> _p4 = new(serializer);
    private readonly Parameter<T5> _p5 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        var a2 = _p2.Read(ref reader, invocation);
        var a3 = _p3.Read(ref reader, invocation);
        var a4 = _p4.Read(ref reader, invocation);
        var a5 = _p5.Read(ref reader, invocation);
        return Answer.SendAsync(handler(a1!, a2!, a3!, a4!, a5!), invocation);
    }
}
