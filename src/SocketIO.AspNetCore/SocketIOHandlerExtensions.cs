using System.Text.RegularExpressions;

namespace SocketIO.AspNetCore;

/// <summary>Registering handlers that are synchronous or return a <see cref="Task"/>.</summary>
public static class SocketIOHandlerExtensions
{
    /// <summary>Calls a handler for each socket that connects; see <see cref="ServerNamespace.OnConnection"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnConnection(this SocketIOServer server, Action<ServerSocket> handler) => server.Sockets.OnConnection(handler);

    /// <summary>Calls a handler for each socket that connects; see <see cref="ServerNamespace.OnConnection"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnConnection(this SocketIOServer server, Func<ServerSocket, Task> handler) => server.Sockets.OnConnection(handler);

    /// <summary>Calls a handler for each socket that connects; see <see cref="ServerNamespace.OnConnection"/>.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnConnection(this ServerNamespace ns, Action<ServerSocket> handler) => ns.OnConnection(Adapt(handler));

    /// <summary>Calls a handler for each socket that connects; see <see cref="ServerNamespace.OnConnection"/>.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnConnection(this ServerNamespace ns, Func<ServerSocket, Task> handler) => ns.OnConnection(Adapt(handler));

    /// <summary>Gives a namespace and adds a connection handler to it; see <see cref="SocketIOServer.Of(string)"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="name">The name; a missing leading slash is added.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public static ServerNamespace Of(this SocketIOServer server, string name, Action<ServerSocket> handler) => server.Of(name, Adapt(handler));

    /// <summary>Makes a parent namespace with a connection handler; see <see cref="SocketIOServer.Of(Regex)"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="pattern">The names of its children.</param>
    /// <param name="handler">The handler; see <see cref="ServerNamespace.OnConnection"/>.</param>
    public static ParentNamespace Of(this SocketIOServer server, Regex pattern, Action<ServerSocket> handler) => server.Of(pattern, Adapt(handler));

    /// <summary>Makes a parent namespace; see <see cref="SocketIOServer.Of(Func{string, Handshake, ValueTask{bool}})"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="predicate">Whether a client may make, or join, a child of this name.</param>
    public static ParentNamespace Of(this SocketIOServer server, Func<string, Handshake, bool> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return server.Of((name, handshake) => ValueTask.FromResult(predicate(name, handshake)));
    }

    /// <summary>Makes a parent namespace; see <see cref="SocketIOServer.Of(Func{string, Handshake, ValueTask{bool}})"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="predicate">Whether a client may make, or join, a child of this name.</param>
    public static ParentNamespace Of(this SocketIOServer server, Func<string, Handshake, Task<bool>> predicate)
    {
        ArgumentNullException.ThrowIfNull(predicate);
        return server.Of((name, handshake) => new ValueTask<bool>(predicate(name, handshake)));
    }

    /// <summary>Adds a namespace middleware; see <see cref="ServerNamespace.Use"/>.</summary>
    /// <param name="server">The server.</param>
    /// <param name="middleware">The middleware; its second parameter is <c>next</c>.</param>
    /// <returns>A subscription; disposing it removes the middleware.</returns>
    public static IDisposable Use(this SocketIOServer server, Func<ServerSocket, Func<ValueTask>, Task> middleware) => server.Sockets.Use(middleware);

    /// <summary>Adds a namespace middleware; see <see cref="ServerNamespace.Use"/>.</summary>
    /// <param name="ns">The namespace.</param>
    /// <param name="middleware">The middleware; its second parameter is <c>next</c>.</param>
    /// <returns>A subscription; disposing it removes the middleware.</returns>
    public static IDisposable Use(this ServerNamespace ns, Func<ServerSocket, Func<ValueTask>, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return ns.Use((socket, next) => new ValueTask(middleware(socket, next)));
    }

    /// <summary>Calls a handler when the socket is about to be disconnected; see <see cref="ServerSocket.OnDisconnecting"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnDisconnecting(this ServerSocket socket, Action<DisconnectInfo> handler) => socket.OnDisconnecting(Adapt(handler));

    /// <summary>Calls a handler when the socket is about to be disconnected; see <see cref="ServerSocket.OnDisconnecting"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnDisconnecting(this ServerSocket socket, Func<DisconnectInfo, Task> handler) => socket.OnDisconnecting(Adapt(handler));

    /// <summary>Calls a handler when the socket has been disconnected; see <see cref="ServerSocket.OnDisconnected"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnDisconnected(this ServerSocket socket, Action<DisconnectInfo> handler) => socket.OnDisconnected(Adapt(handler));

    /// <summary>Calls a handler when the socket has been disconnected; see <see cref="ServerSocket.OnDisconnected"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnDisconnected(this ServerSocket socket, Func<DisconnectInfo, Task> handler) => socket.OnDisconnected(Adapt(handler));

    /// <summary>Calls a handler for errors of the socket; see <see cref="ServerSocket.OnError"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnError(this ServerSocket socket, Action<Exception> handler) => socket.OnError(Adapt(handler));

    /// <summary>Calls a handler for errors of the socket; see <see cref="ServerSocket.OnError"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="handler">The handler.</param>
    /// <returns>A subscription; disposing it removes the handler.</returns>
    public static IDisposable OnError(this ServerSocket socket, Func<Exception, Task> handler) => socket.OnError(Adapt(handler));

    /// <summary>Adds a packet middleware; see <see cref="ServerSocket.Use"/>.</summary>
    /// <param name="socket">The socket.</param>
    /// <param name="middleware">The middleware; its second parameter is <c>next</c>.</param>
    /// <returns>A subscription; disposing it removes the middleware.</returns>
    public static IDisposable Use(this ServerSocket socket, Func<IncomingEvent, Func<ValueTask>, Task> middleware)
    {
        ArgumentNullException.ThrowIfNull(middleware);
        return socket.Use((incoming, next) => new ValueTask(middleware(incoming, next)));
    }

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
