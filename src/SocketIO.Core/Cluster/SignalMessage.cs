namespace SocketIO.Cluster;

/// <summary>A message without data: a server is new, alive or leaving.</summary>
/// <param name="type">Which.</param>
/// <param name="senderId">The sender.</param>
/// <param name="ns">The namespace.</param>
public sealed class SignalMessage(ClusterMessageType type, string senderId, string ns) : ClusterMessage(type, senderId, ns);
