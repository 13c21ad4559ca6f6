using SocketIO.Json;

namespace SocketIO.Events;

/// <summary>A handler of 0 parameters.</summary>
internal sealed partial class Listener(Func<ValueTask> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    public override ValueTask InvokeAsync(in EventInvocation invocation) => handler();
}

/// <summary>A handler of 1 parameter.</summary>
internal sealed class Listener<T1>(PayloadSerializer serializer, Func<T1, ValueTask> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        return handler(a1!);
    }
}

/// <summary>A handler of 2 parameters.</summary>
internal sealed class Listener<T1, T2>(PayloadSerializer serializer, Func<T1, T2, ValueTask> handler, Delegate? original = null)
    : EventListener(original ?? handler)
{
    private readonly Parameter<T1> _p1 = new(serializer);
    private readonly Parameter<T2> _p2 = new(serializer);

    public override ValueTask InvokeAsync(in EventInvocation invocation)
    {
        var reader = invocation.Arguments.GetReader();
        var a1 = _p1.Read(ref reader, invocation);
        var a2 = _p2.Read(ref reader, invocation);
        return handler(a1!, a2!);
    }
}

/// <summary>A handler of 3 parameters.</summary>
internal sealed class Listener<T1, T2, T3>(PayloadSerializer serializer, Func<T1, T2, T3, ValueTask> handler, Delegate? original = null)
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
        return handler(a1!, a2!, a3!);
    }
}

/// <summary>A handler of 4 parameters.</summary>
internal sealed class Listener<T1, T2, T3, T4>(
    PayloadSerializer serializer, Func<T1, T2, T3, T4, ValueTask> handler, Delegate? original = null)
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
        return handler(a1!, a2!, a3!, a4!);
    }
}

/// <summary>A handler of 5 parameters.</summary>
internal sealed class Listener<T1, T2, T3, T4, T5>(
    PayloadSerializer serializer, Func<T1, T2, T3, T4, T5, ValueTask> handler, Delegate? original = null)
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
        return handler(a1!, a2!, a3!, a4!, a5!);
    }
}
