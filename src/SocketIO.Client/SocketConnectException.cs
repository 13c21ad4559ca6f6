using EngineIO.Client;
using SocketIO.Json;

namespace SocketIO.Client;

/// <summary>A socket could not connect, and why. The message is the official client's ("xhr poll error", "websocket error", "timeout") or the server's own; the other members say
/// the rest, and <see cref="ToString"/> says it in a sentence.</summary>
/// <remarks>Source: https://socket.io/docs/v4/client-socket-instance/#connect_error</remarks>
public sealed class SocketConnectException : Exception
{
    private readonly Payload _data;
    private readonly PayloadSerializer? _serializer;

    /// <summary>Makes an exception.</summary>
    public SocketConnectException()
        : this("connection error")
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    public SocketConnectException(string message)
        : base(message)
    {
    }

    /// <summary>Makes an exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public SocketConnectException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal SocketConnectException(ConnectErrorKind kind, string message, Exception? cause = null)
        : base(message, cause) => Kind = kind;

    internal SocketConnectException(string message, Payload data, PayloadSerializer serializer)
        : base(message)
    {
        Kind = ConnectErrorKind.Refused;
        _data = data;
        _serializer = serializer;
    }

    /// <summary>What kind of failure it is.</summary>
    public ConnectErrorKind Kind { get; }

    /// <summary>What the engine knows of the failure; null where the fault is not its own.</summary>
    public EngineClientException? Engine => InnerException as EngineClientException;

    /// <summary>The transport that failed: "polling" or "websocket"; null where none did.</summary>
    public string? Transport => Engine?.Transport;

    /// <summary>The status of the HTTP response; null where there was none.</summary>
    public int? StatusCode => Engine?.StatusCode;

    /// <summary>The code in the body of the response, 0 to 5 (https://socket.io/docs/v4/troubleshooting-connection-issues/); null where there was none.</summary>
    public int? ServerCode => Engine?.ServerCode;

    /// <summary>The message in the body of the response; null where there was none.</summary>
    public string? ServerMessage => Engine?.ServerMessage;

    /// <summary>Reads the data that the server sent with its refusal.</summary>
    /// <typeparam name="T">The type to read it as.</typeparam>
    /// <returns>The data; the default value where the server sent none.</returns>
    /// <exception cref="System.Text.Json.JsonException">The data is no such value.</exception>
    public T? GetData<T>() => _data.IsEmpty ? default : _serializer!.Deserialize<T>(_data);

    /// <inheritdoc/>
    public override string ToString() => Engine is { } engine ? $"{Message}: {engine.Reason}{Environment.NewLine}{base.ToString()}" : base.ToString();
}
