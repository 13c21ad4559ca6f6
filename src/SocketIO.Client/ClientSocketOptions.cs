namespace SocketIO.Client;

/// <summary>The options of one socket. Read when the socket is made; <see cref="ClientSocket.Auth"/> can be set later too.</summary>
/// <remarks>Source: https://socket.io/docs/v4/client-options/#socket-options</remarks>
public sealed class ClientSocketOptions
{
    /// <summary>The credentials, an object that is sent each time the socket connects (official option <c>auth</c>). Default: null, none.</summary>
    public object? Auth { get; set; }

    /// <summary>Gives the credentials each time the socket connects; goes before <see cref="Auth"/>. Default: null.</summary>
    public Func<CancellationToken, ValueTask<object?>>? AuthProvider { get; set; }

    /// <summary>How often an event is sent again that was not acknowledged; every event asks for an acknowledgement then, and the next one waits for it
    /// (official option <c>retries</c>). Set <see cref="AckTimeout"/> with it: otherwise an event is only sent again after a reconnection. Default: 0, events are sent once.</summary>
    public int Retries { get; set; }

    /// <summary>How long an acknowledgement may take where no other time is given (official option <c>ackTimeout</c>). Default: null, without end.</summary>
    public TimeSpan? AckTimeout { get; set; }

    internal void Validate()
    {
        if (Retries < 0)
            throw new ArgumentException($"{nameof(ClientSocketOptions)}.{nameof(Retries)} is {Retries}; give 0 for none, or how often an event may be sent again.");
        if (AckTimeout is { } timeout && timeout < TimeSpan.Zero)
            throw new ArgumentException($"{nameof(ClientSocketOptions)}.{nameof(AckTimeout)} is negative; give null for no limit.");
    }
}
