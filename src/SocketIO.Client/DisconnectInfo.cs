namespace SocketIO.Client;

/// <summary>How a connection ended.</summary>
/// <param name="Reason">One of <see cref="DisconnectReasons"/>.</param>
/// <param name="Details">What is known of it: the fault of the transport, or why a packet was malformed; null where the reason says all.</param>
public readonly record struct DisconnectInfo(string Reason, Exception? Details);
