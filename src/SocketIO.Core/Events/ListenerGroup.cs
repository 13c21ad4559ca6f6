using System.Text;

namespace SocketIO.Events;

/// <summary>The handlers of one event, or the catch-all handlers, as they were when the event came: immutable.</summary>
public sealed class ListenerGroup
{
    private readonly ListenerRegistration[] _registrations;

    internal ListenerGroup(string name, ListenerRegistration registration)
    {
        Name = name;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Hash = ListenerMap.Hash(Utf8Name);
        _registrations = [registration];
    }

    private ListenerGroup(ListenerGroup origin, ListenerRegistration[] registrations)
    {
        Name = origin.Name;
        Utf8Name = origin.Utf8Name;
        Hash = origin.Hash;
        _registrations = registrations;
    }

    /// <summary>The event; empty for catch-all handlers.</summary>
    public string Name { get; }

    /// <summary>How many handlers there are.</summary>
    public int Count => _registrations.Length;

    /// <summary>The delegates that were registered, in the order in which they are called.</summary>
    public IReadOnlyList<Delegate> Handlers => Array.ConvertAll(_registrations, r => r.Listener.Handler);

    internal byte[] Utf8Name { get; }

    internal uint Hash { get; }

    internal ReadOnlySpan<ListenerRegistration> Registrations => _registrations;

    /// <summary>Calls the handlers in order, each after the one before it has completed.</summary>
    /// <param name="invocation">The event. It is copied where a handler does not complete at once and others follow.</param>
    /// <param name="errors">Receives what handlers throw.</param>
    /// <returns>A task that completes, never with a failure, once all handlers have.</returns>
    public ValueTask InvokeAsync(in EventInvocation invocation, IListenerErrorHandler errors)
    {
        for (var i = 0; i < _registrations.Length; i++)
        {
            if (!_registrations[i].TryEnter()) continue;
            ValueTask task;
            try
            {
                task = _registrations[i].Listener.InvokeAsync(invocation);
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

            var isLast = i == _registrations.Length - 1;
            return ContinueAsync(task, NameOf(invocation), i + 1, isLast ? default : invocation.Detach(), errors);
        }

        return default;
    }

    internal ListenerGroup Append(ListenerRegistration registration) => new(this, [.. _registrations, registration]);

    internal ListenerGroup Prepend(ListenerRegistration registration) => new(this, [registration, .. _registrations]);

    /// <summary>The group without a registration; itself where it has no such one; null where nothing is left.</summary>
    internal ListenerGroup? Without(ListenerRegistration registration)
    {
        if (Array.IndexOf(_registrations, registration) < 0) return this;
        return _registrations.Length == 1 ? null : new(this, Array.FindAll(_registrations, r => r != registration));
    }

    /// <summary>The last registration of a delegate.</summary>
    internal ListenerRegistration? FindLast(Delegate handler) => Array.FindLast(_registrations, r => r.Listener.Handler == handler);

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

            while (next < _registrations.Length && !_registrations[next].TryEnter()) next++;
            if (next >= _registrations.Length) return;
            running = InvokeSafely(_registrations[next].Listener, invocation, name, errors);
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
