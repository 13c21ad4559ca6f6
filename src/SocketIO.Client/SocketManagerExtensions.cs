using SocketIO.Client.Internal;
using SocketIO.Parsing;

namespace SocketIO.Client;

/// <summary>Registering handlers of a manager's life that are synchronous or return a <see cref="Task"/>.</summary>
public static class SocketManagerExtensions
{
    /// <inheritdoc cref="SocketManager.OnOpen"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnOpen(this SocketManager manager, Action handler) => manager.OnOpen(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnOpen"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnOpen(this SocketManager manager, Func<Task> handler) => manager.OnOpen(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnError"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnError(this SocketManager manager, Action<SocketConnectException> handler) => manager.OnError(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnError"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnError(this SocketManager manager, Func<SocketConnectException, Task> handler) => manager.OnError(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnClose"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnClose(this SocketManager manager, Action<DisconnectInfo> handler) => manager.OnClose(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnClose"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnClose(this SocketManager manager, Func<DisconnectInfo, Task> handler) => manager.OnClose(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnPing"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnPing(this SocketManager manager, Action handler) => manager.OnPing(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnPing"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnPing(this SocketManager manager, Func<Task> handler) => manager.OnPing(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnPacket"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnPacket(this SocketManager manager, Action<Packet> handler) => manager.OnPacket(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnPacket"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnPacket(this SocketManager manager, Func<Packet, Task> handler) => manager.OnPacket(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectAttempt"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectAttempt(this SocketManager manager, Action<int> handler) => manager.OnReconnectAttempt(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectAttempt"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectAttempt(this SocketManager manager, Func<int, Task> handler) => manager.OnReconnectAttempt(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectError"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectError(this SocketManager manager, Action<SocketConnectException> handler) => manager.OnReconnectError(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectError"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectError(this SocketManager manager, Func<SocketConnectException, Task> handler) => manager.OnReconnectError(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectFailed"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectFailed(this SocketManager manager, Action handler) => manager.OnReconnectFailed(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnectFailed"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnectFailed(this SocketManager manager, Func<Task> handler) => manager.OnReconnectFailed(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnect"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnect(this SocketManager manager, Action<int> handler) => manager.OnReconnect(Handlers.Adapt(handler));

    /// <inheritdoc cref="SocketManager.OnReconnect"/>
    /// <param name="manager">The manager.</param>
    /// <param name="handler">The handler.</param>
    public static IDisposable OnReconnect(this SocketManager manager, Func<int, Task> handler) => manager.OnReconnect(Handlers.Adapt(handler));
}
