namespace SocketIO;

/// <summary>A received argument is not what a handler, or the caller of <see cref="EventArguments.Get{T}"/>, declared. The message tells no
/// content.</summary>
public sealed class EventBindingException : Exception
{
    /// <summary>A failed conversion.</summary>
    /// <param name="eventName">The event; empty for an acknowledgement.</param>
    /// <param name="index">The position of the argument, from 0.</param>
    /// <param name="argumentType">The type that was declared.</param>
    /// <param name="innerException">What the conversion threw.</param>
    public EventBindingException(string eventName, int index, Type argumentType, Exception? innerException = null)
        : base($"Argument {index} of {Describe(eventName)} is no {argumentType}.", innerException)
    {
        EventName = eventName;
        Index = index;
        ArgumentType = argumentType;
    }

    /// <summary>The event; empty for an acknowledgement.</summary>
    public string EventName { get; }

    /// <summary>The position of the argument, from 0.</summary>
    public int Index { get; }

    /// <summary>The type that was declared.</summary>
    public Type ArgumentType { get; }

    private static string Describe(string eventName) => eventName.Length == 0 ? "the acknowledgement" : $"event \"{eventName}\"";
}
