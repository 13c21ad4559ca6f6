using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>Keeps what sockets and managers raise.</summary>
internal static class Traces
{
    /// <summary>"connect", "connect_error: why" and "disconnect: why".</summary>
    public static Trace Watch(this ClientSocket socket, Trace? trace = null, string prefix = "")
    {
        trace ??= new();
        socket.OnConnected(() => Note(trace, $"{prefix}connect"));
        socket.OnConnectError(error => Note(trace, $"{prefix}connect_error: {error.Message}"));
        socket.OnDisconnected(info => Note(trace, $"{prefix}disconnect: {info.Reason}"));
        return trace;
    }

    /// <summary>The events of a manager, by their official names.</summary>
    public static Trace Watch(this SocketManager manager, Trace? trace = null)
    {
        trace ??= new();
        manager.OnOpen(() => Note(trace, "open"));
        manager.OnError(error => Note(trace, $"error: {error.Message}"));
        manager.OnClose(info => Note(trace, $"close: {info.Reason}"));
        manager.OnReconnectAttempt(number => Note(trace, $"reconnect_attempt {number}"));
        manager.OnReconnectError(error => Note(trace, $"reconnect_error: {error.Message}"));
        manager.OnReconnectFailed(() => Note(trace, "reconnect_failed"));
        manager.OnReconnect(number => Note(trace, $"reconnect {number}"));
        return trace;
    }

    /// <summary>The first arguments of an event, in order.</summary>
    public static Trace Watch<T>(this ClientSocket socket, string eventName)
    {
        var trace = new Trace();
        socket.On<T>(eventName, value => Note(trace, $"{value}"));
        return trace;
    }

    private static ValueTask Note(Trace trace, string line)
    {
        trace.Add(line);
        return default;
    }
}
