using System.Collections;

namespace SocketIO.AspNetCore;

/// <summary>The sockets that were found, and the servers of the cluster that did not say which they have. Immutable.</summary>
/// <remarks>Source of the operation: https://socket.io/docs/v4/server-instance/#fetchsockets. The reference throws the sockets away where one server is silent.</remarks>
public sealed class FetchedSockets : IReadOnlyList<IRemoteSocket>
{
    private readonly IReadOnlyList<IRemoteSocket> _sockets;

    /// <summary>Makes the result of an adapter.</summary>
    /// <param name="sockets">The sockets.</param>
    /// <param name="silentServers">See <see cref="SilentServers"/>; null for none.</param>
    public FetchedSockets(IReadOnlyList<IRemoteSocket> sockets, IReadOnlyList<string>? silentServers = null)
    {
        ArgumentNullException.ThrowIfNull(sockets);
        _sockets = sockets;
        SilentServers = silentServers ?? [];
    }

    /// <summary>The servers that did not answer, by the names that the adapter knows them by, or their ids; one entry tells of those of unknown name. Their sockets are
    /// missing.</summary>
    public IReadOnlyList<string> SilentServers { get; }

    /// <summary>Whether every server has answered.</summary>
    public bool IsComplete => SilentServers.Count == 0;

    /// <summary>How many sockets were found.</summary>
    public int Count => _sockets.Count;

    /// <summary>One of them.</summary>
    /// <param name="index">Its place, from 0.</param>
    public IRemoteSocket this[int index] => _sockets[index];

    /// <inheritdoc/>
    public IEnumerator<IRemoteSocket> GetEnumerator() => _sockets.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
