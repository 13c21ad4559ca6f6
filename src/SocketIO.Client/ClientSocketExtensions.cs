using SocketIO.Client.Internal;

namespace SocketIO.Client;

/// <summary>Registering handlers of a socket's life that are synchronous or return a <see cref="Task"/>.</summary>
public static class ClientSocketExtensions
{
    /// <inheritdoc cref="ClientSocket.OnConnected"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnConnected(this ClientSocket socket, Action handler) => socket.OnConnected(Handlers.Adapt(handler));

    /// <inheritdoc cref="ClientSocket.OnConnected"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnConnected(this ClientSocket socket, Func<Task> handler) => socket.OnConnected(Handlers.Adapt(handler));

    /// <inheritdoc cref="ClientSocket.OnConnectError"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnConnectError(this ClientSocket socket, Action<SocketConnectException> handler) => socket.OnConnectError(Handlers.Adapt(handler));

    /// <inheritdoc cref="ClientSocket.OnConnectError"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnConnectError(this ClientSocket socket, Func<SocketConnectException, Task> handler) => socket.OnConnectError(Handlers.Adapt(handler));

    /// <inheritdoc cref="ClientSocket.OnDisconnected"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnDisconnected(this ClientSocket socket, Action<DisconnectInfo> handler) => socket.OnDisconnected(Handlers.Adapt(handler));

    /// <inheritdoc cref="ClientSocket.OnDisconnected"/>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnDisconnected(this ClientSocket socket, Func<DisconnectInfo, Task> handler) => socket.OnDisconnected(Handlers.Adapt(handler));
}
