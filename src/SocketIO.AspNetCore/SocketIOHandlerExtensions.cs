namespace SocketIO.AspNetCore;

/// <summary>Registering handlers that are synchronous or return a <see cref="Task"/>.</summary>
public static class SocketIOHandlerExtensions
{
    /// <inheritdoc cref="ServerNamespace.OnConnection"/>
    /// <param name="server">The server.</param>
    public static IDisposable OnConnection(this SocketIOServer server, Action<ServerSocket> handler) => server.Sockets.OnConnection(handler);

    /// <inheritdoc cref="ServerNamespace.OnConnection"/>
    /// <param name="server">The server.</param>
    public static IDisposable OnConnection(this SocketIOServer server, Func<ServerSocket, Task> handler) => server.Sockets.OnConnection(handler);

    /// <inheritdoc cref="ServerNamespace.OnConnection"/>
    /// <param name="ns">The namespace.</param>
    public static IDisposable OnConnection(this ServerNamespace ns, Action<ServerSocket> handler) => ns.OnConnection(Adapt(handler));

    /// <inheritdoc cref="ServerNamespace.OnConnection"/>
    /// <param name="ns">The namespace.</param>
    public static IDisposable OnConnection(this ServerNamespace ns, Func<ServerSocket, Task> handler) => ns.OnConnection(Adapt(handler));

    /// <inheritdoc cref="ServerNamespace.Use"/>
    /// <param name="server">The server.</param>
    public static IDisposable Use(this SocketIOServer server, Func<ServerSocket, Func<ValueTask>, Task> middleware) => server.Sockets.Use(middleware);

    /// <inheritdoc cref="ServerNamespace.Use"/>
    /// <param name="ns">The namespace.</param>
    public static IDisposable Use(this ServerNamespace ns, Func<ServerSocket, Func<ValueTask>, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return ns.Use((socket, next) => new ValueTask(middleware(socket, next)));
    }

    /// <inheritdoc cref="ServerSocket.OnDisconnecting"/>
    /// <param name="socket">The socket.</param>
    public static IDisposable OnDisconnecting(this ServerSocket socket, Action<DisconnectInfo> handler) => socket.OnDisconnecting(Adapt(handler));

    /// <inheritdoc cref="ServerSocket.OnDisconnecting"/>
    /// <param name="socket">The socket.</param>
    public static IDisposable OnDisconnecting(this ServerSocket socket, Func<DisconnectInfo, Task> handler) => socket.OnDisconnecting(Adapt(handler));

    /// <inheritdoc cref="ServerSocket.OnDisconnected"/>
    /// <param name="socket">The socket.</param>
    public static IDisposable OnDisconnected(this ServerSocket socket, Action<DisconnectInfo> handler) => socket.OnDisconnected(Adapt(handler));

    /// <inheritdoc cref="ServerSocket.OnDisconnected"/>
    /// <param name="socket">The socket.</param>
    public static IDisposable OnDisconnected(this ServerSocket socket, Func<DisconnectInfo, Task> handler) => socket.OnDisconnected(Adapt(handler));

    /// <inheritdoc cref="ServerSocket.OnError"/>
    /// <param name="socket">The socket.</param>
    public static IDisposable OnError(this ServerSocket socket, Action<Exception> handler) => socket.OnError(Adapt(handler));

    private static Func<T, ValueTask> Adapt<T>(Action<T> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return argument =>
        {
            handler(argument);
            return default;
        };
    }

    private static Func<T, ValueTask> Adapt<T>(Func<T, Task> handler)
    {
        ArgumentNullException.ThrowIfNull(handler);
        return argument => new ValueTask(handler(argument));
    }
}
