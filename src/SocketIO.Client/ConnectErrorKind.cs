namespace SocketIO.Client;

/// <summary>What kept a socket from connecting.</summary>
public enum ConnectErrorKind
{
    /// <summary>The connection could not be made: see <see cref="SocketConnectException.Transport"/> and the inner exception. The manager tries again, unless reconnection
    /// is off.</summary>
    Transport,

    /// <summary>The connection was not made within <see cref="SocketManagerOptions.ConnectTimeout"/>. The manager tries again, unless reconnection is off.</summary>
    Timeout,

    /// <summary>The server refused the namespace, by a middleware most often: <see cref="Exception.Message"/> and <see cref="SocketConnectException.GetData{T}"/> are the server's.
    /// The socket does not try again by itself.</summary>
    Refused,

    /// <summary>The server does not speak this protocol, version 2.x most often.</summary>
    Protocol,

    /// <summary>The application's provider of credentials failed.</summary>
    Auth,
}
