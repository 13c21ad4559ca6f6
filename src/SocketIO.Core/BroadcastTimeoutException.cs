using SocketIO.Json;

namespace SocketIO;

/// <summary>Not all of those that an event was sent to have answered in time. The answers that came are in <see cref="Responses"/>.</summary>
public sealed class BroadcastTimeoutException : TimeoutException
{
    private readonly PayloadSerializer _serializer;

    /// <summary>An exception.</summary>
    /// <param name="message">The message.</param>
    /// <param name="responses">The answers that came, in the order of their arrival.</param>
    /// <param name="serializer">What they are read with.</param>
    public BroadcastTimeoutException(string message, IReadOnlyList<Payload> responses, PayloadSerializer serializer)
        : base(message)
    {
        Responses = responses;
        _serializer = serializer;
    }

    /// <summary>The answers that came, in the order of their arrival; an empty one where a client acknowledged without an argument.</summary>
    public IReadOnlyList<Payload> Responses { get; }

    /// <summary>The answers that came, as a type.</summary>
    /// <typeparam name="T">The type.</typeparam>
    /// <exception cref="System.Text.Json.JsonException">An answer is no <typeparamref name="T"/>.</exception>
    public IReadOnlyList<T?> GetResponses<T>() => [.. Responses.Select(_serializer.Deserialize<T>)];
}
