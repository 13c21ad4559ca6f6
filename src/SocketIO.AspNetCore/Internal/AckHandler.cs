namespace SocketIO.AspNetCore.Internal;

/// <summary>Waits for the acknowledgement of one emitted event. Whoever took it out of its <see cref="AckRegistry"/> calls one of its methods, once.</summary>
internal abstract class AckHandler
{
    /// <summary>The acknowledgement came.</summary>
    /// <param name="arguments">Its arguments, in memory of their own.</param>
    public abstract void OnAck(EventArguments arguments);

    /// <summary>The socket is gone.</summary>
    public abstract void OnDisconnected(string reason);
}
