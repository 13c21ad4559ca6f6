namespace SocketIO;

/// <summary>The acknowledgement of a received event, as the last argument of a handler. Thread-safe; it may be sent later, and is sent at
/// most once: later calls do nothing.</summary>
public sealed class Ack
{
    private readonly IAckTarget? _target;
    private long _id;
    private int _isSent;
    private bool _isKept;

    /// <summary>The acknowledgement of one event.</summary>
    /// <param name="target">What the answer is sent through.</param>
    /// <param name="id">The id that came with the event.</param>
    public Ack(IAckTarget target, long id)
    {
        _target = target;
        _id = id;
    }

    private Ack()
    {
    }

    /// <summary>The acknowledgement of an event whose sender asked for none: sending it does nothing.</summary>
    public static Ack None { get; } = new();

    /// <summary>Whether the sender asked for an acknowledgement.</summary>
    public bool IsRequested => _target is not null;

    /// <summary>Whether the acknowledgement is sent.</summary>
    public bool IsSent => Volatile.Read(ref _isSent) != 0;

    /// <summary>The acknowledgement of a socket's next event: the object that served the last one, unless somebody has been given it. For the reading thread.</summary>
    internal static Ack Next(ref Ack? last, IAckTarget target, long id)
    {
        if (last is null || last._isKept) return last = new Ack(target, id);
        last._id = id;
        Volatile.Write(ref last._isSent, 0);
        return last;
    }

    /// <summary>From now on the object belongs to this event for good.</summary>
    internal Ack Keep()
    {
        _isKept = true;
        return this;
    }

    /// <summary>Answers with no arguments.</summary>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    public ValueTask SendAsync(CancellationToken cancellationToken = default) =>
        SendArgumentsAsync([], cancellationToken);

    /// <summary>Answers with one argument.</summary>
    /// <param name="argument1">The first argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    public ValueTask SendAsync(object? argument1, CancellationToken cancellationToken = default) =>
        SendArgumentsAsync([argument1], cancellationToken);

    /// <summary>Answers with two arguments.</summary>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    public ValueTask SendAsync(object? argument1, object? argument2, CancellationToken cancellationToken = default) =>
        SendArgumentsAsync([argument1, argument2], cancellationToken);

    /// <summary>Answers with three arguments.</summary>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    public ValueTask SendAsync(object? argument1, object? argument2, object? argument3, CancellationToken cancellationToken = default) =>
        SendArgumentsAsync([argument1, argument2, argument3], cancellationToken);

    /// <summary>Answers with four arguments.</summary>
    /// <param name="argument1">The first argument.</param>
    /// <param name="argument2">The second argument.</param>
    /// <param name="argument3">The third argument.</param>
    /// <param name="argument4">The fourth argument.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    public ValueTask SendAsync(
        object? argument1, object? argument2, object? argument3, object? argument4, CancellationToken cancellationToken = default) =>
        SendArgumentsAsync([argument1, argument2, argument3, argument4], cancellationToken);

    /// <summary>Answers with any number of arguments.</summary>
    /// <param name="arguments">The arguments, serialised before the method returns.</param>
    /// <param name="cancellationToken">Ends the wait for room in an outgoing queue.</param>
    /// <returns>A task that completes once the answer is accepted for sending.</returns>
    /// <exception cref="System.Text.Json.JsonException">An argument can't be serialised; the acknowledgement may still be sent.</exception>
    public ValueTask SendArgumentsAsync(ReadOnlySpan<object?> arguments, CancellationToken cancellationToken = default)
    {
        if (_target is null || Interlocked.Exchange(ref _isSent, 1) != 0) return default;
        try
        {
            return _target.SendAckAsync(_id, arguments, cancellationToken);
        }
        catch
        {
            // Nothing was written: let the handler answer with something that can be.
            Volatile.Write(ref _isSent, 0);
            throw;
        }
    }
}
