namespace SocketIO.Events;

/// <summary>The handlers of one event, or the catch-all handlers, as they were when the event came: immutable.</summary>
public sealed class ListenerGroup
{
    // Most events have one handler: no array for that.
    private readonly ListenerRegistration _first;
    private readonly ListenerRegistration[]? _rest;

    internal ListenerGroup(ListenerRegistration first, ListenerRegistration[]? rest = null)
    {
        _first = first;
        _rest = rest is { Length: > 0 } ? rest : null;
    }

    /// <summary>The event; empty for catch-all handlers.</summary>
    public string Name => EventName.Text;

    /// <summary>How many handlers there are.</summary>
    public int Count => 1 + (_rest?.Length ?? 0);

    /// <summary>The delegates that were registered, in the order in which they are called.</summary>
    public IReadOnlyList<Delegate> Handlers => Array.ConvertAll(Registrations, r => r.Listener.Handler);

    internal ListenerName EventName => _first.Name;

    internal ListenerRegistration[] Registrations => [_first, .. _rest ?? []];

    private ListenerRegistration this[int index] => index == 0 ? _first : _rest![index - 1];

    /// <summary>Calls the handlers in order, each after the one before it has completed.</summary>
    /// <param name="invocation">The event. It is copied where a handler does not complete at once and others follow.</param>
    /// <param name="errors">Receives what handlers throw.</param>
    /// <returns>A task that completes, never with a failure, once all handlers have.</returns>
    public ValueTask InvokeAsync(in EventInvocation invocation, IListenerErrorHandler errors)
    {
        for (var i = 0; i < Count; i++)
        {
            if (!this[i].TryEnter()) continue;
            ValueTask task;
            try
            {
                task = this[i].Listener.InvokeAsync(invocation);
                if (task.IsCompletedSuccessfully)
                {
                    task.GetAwaiter().GetResult();
                    continue;
                }
            }
            catch (Exception exception)
            {
                errors.OnListenerError(NameOf(invocation), exception);
                continue;
            }

            var isLast = i == Count - 1;
            return ContinueAsync(task, NameOf(invocation), i + 1, isLast ? default : invocation.Detach(), errors);
        }

        return default;
    }

    internal ListenerGroup Append(ListenerRegistration registration) => new(_first, [.. _rest ?? [], registration]);

    internal ListenerGroup Prepend(ListenerRegistration registration) => new(registration, Registrations);

    /// <summary>The group without a registration; itself where it has no such one; null where nothing is left.</summary>
    internal ListenerGroup? Without(ListenerRegistration registration)
    {
        var before = Registrations;
        var after = Array.FindAll(before, r => r != registration);
        return after.Length == before.Length ? this : after.Length > 0 ? new(after[0], after.AsSpan(1).ToArray()) : null;
    }

    /// <summary>The last registration of a delegate.</summary>
    internal ListenerRegistration? FindLast(Delegate handler) => Array.FindLast(Registrations, r => r.Listener.Handler == handler);

    private string NameOf(in EventInvocation invocation) => Name.Length == 0 ? invocation.Arguments.Name : Name;

    private async ValueTask ContinueAsync(
        ValueTask running, string name, int next, EventInvocation invocation, IListenerErrorHandler errors)
    {
        for (; ; next++)
        {
            try
            {
                await running.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                errors.OnListenerError(name, exception);
            }

            while (next < Count && !this[next].TryEnter()) next++;
            if (next >= Count) return;
            running = InvokeSafely(this[next].Listener, invocation, name, errors);
        }
    }

    private static ValueTask InvokeSafely(EventListener listener, in EventInvocation invocation, string name, IListenerErrorHandler errors)
    {
        try
        {
            return listener.InvokeAsync(invocation);
        }
        catch (Exception exception)
        {
            errors.OnListenerError(name, exception);
            return default;
        }
    }
}
