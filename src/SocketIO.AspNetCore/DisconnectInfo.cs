namespace SocketIO.AspNetCore;

/// <summary>How a socket was disconnected.</summary>
/// <param name="Reason">One of <see cref="DisconnectReasons"/>.</param>
/// <param name="Exception">The fault of the transport, where the reason is <see cref="DisconnectReasons.TransportError"/>; otherwise null.</param>
public readonly record struct DisconnectInfo(string Reason, Exception? Exception);
