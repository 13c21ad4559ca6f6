namespace SocketIO.AspNetCore;

/// <summary>Which of the application's functions failed.</summary>
public enum HandlerErrorSource
{
    /// <summary>A handler of an event, or a catch-all listener.</summary>
    Event,

    /// <summary>A connection handler.</summary>
    Connection,

    /// <summary>A handler of <see cref="ServerSocket.OnDisconnecting"/>, <see cref="ServerSocket.OnDisconnected"/> or <see cref="ServerSocket.OnError"/>.</summary>
    Lifecycle,

    /// <summary>A namespace middleware, with anything but a <see cref="ConnectionRefusedException"/>.</summary>
    Middleware,

    /// <summary>A handler of an adapter's event, or of an event of the server.</summary>
    AdapterEvent,

    /// <summary>What decides about a dynamic namespace, or makes its adapter; the client was refused.</summary>
    DynamicNamespace,

    /// <summary>A handler of <see cref="ServerNamespace.ServerSide"/>.</summary>
    ServerSideEvent,
}
