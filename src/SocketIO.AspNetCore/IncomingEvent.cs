namespace SocketIO.AspNetCore;

/// <summary>A received event on its way through the packet middlewares of a socket (<see cref="ServerSocket.Use"/>), which may change it.</summary>
/// <remarks>Not thread-safe: it belongs to the middleware that runs.</remarks>
public sealed class IncomingEvent
{
    internal IncomingEvent(ServerSocket socket, EventArguments arguments, Ack ack)
    {
        Socket = socket;
        Arguments = arguments;
        Ack = ack;
    }

    /// <summary>The socket that received it.</summary>
    public ServerSocket Socket { get; }

    /// <summary>The name of the event.</summary>
    public string Name => Arguments.Name;

    /// <summary>Its arguments.</summary>
    public EventArguments Arguments { get; private set; }

    /// <summary>Its acknowledgement. A middleware may send it.</summary>
    public Ack Ack { get; }

    /// <summary>Gives the event another name.</summary>
    /// <param name="name">The name.</param>
    public void Rename(string name) => Replace(name, Arguments.ToArray());

    /// <summary>Gives the event another name and other arguments.</summary>
    /// <param name="name">The name.</param>
    /// <param name="arguments">The arguments.</param>
    public void Replace(string name, params ReadOnlySpan<object?> arguments)
    {
        ArgumentNullException.ThrowIfNull(name);
        Arguments = EventArguments.Create(Socket.Server.Serializer, name, arguments);
    }
}
