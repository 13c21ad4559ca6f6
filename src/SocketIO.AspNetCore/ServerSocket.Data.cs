using System.Collections.Concurrent;

namespace SocketIO.AspNetCore;

// What the application attaches to a socket, and the socket as servers of a cluster see one another's.
public sealed partial class ServerSocket
{
    private ConcurrentDictionary<string, object?>? _data;
    private ConcurrentDictionary<object, object?>? _items;

    /// <summary>Data of the application that describes the socket to other servers of a cluster. Thread-safe.</summary>
    public IDictionary<string, object?> Data => _data ?? Made(ref _data);

    /// <summary>Objects of the application that stay on this server. Thread-safe.</summary>
    public IDictionary<object, object?> Items => _items ?? Made(ref _items);

    IReadOnlyDictionary<string, object?> IRemoteSocket.Data =>
        _data is { } data ? new Dictionary<string, object?>(data, StringComparer.Ordinal) : [];

    /// <inheritdoc/>
    public T? GetData<T>(string key)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_data?.TryGetValue(key, out var value) != true || value is null) return default;
        if (value is T typed) return typed;
        // As a reader on another server would see it.
        return EventArguments.Create(Serializer, "", [value]).Get<T>(0);
    }

    IAckEmitter IRemoteSocket.Timeout(TimeSpan timeout) => Timeout(timeout);
}
