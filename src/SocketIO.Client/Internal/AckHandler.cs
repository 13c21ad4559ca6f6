namespace SocketIO.Client.Internal;

/// <summary>Waits for the acknowledgement of one emitted event. Its methods are called under the manager's gate, and run nothing of the application's.</summary>
internal abstract class AckHandler
{
    /// <summary>The id that went out with the event; -1 before.</summary>
    public long Id { get; set; } = -1;

    /// <summary>The acknowledgement came.</summary>
    /// <param name="arguments">Its arguments, in memory of their own.</param>
    public abstract void Complete(EventArguments arguments);

    /// <summary>It will not come.</summary>
    public abstract void Fail(Exception error);
}
