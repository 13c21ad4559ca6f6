namespace SocketIO.AspNetCore;

/// <summary>How many sockets there are, and the servers of the cluster that did not say how many they have. Immutable.</summary>
public sealed class SocketCount
{
    /// <summary>Makes the result of an adapter.</summary>
    /// <param name="count">How many were counted; 0 or more.</param>
    /// <param name="silentServers">See <see cref="SilentServers"/>; null for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public SocketCount(int count, IReadOnlyList<string>? silentServers = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count = count;
        SilentServers = silentServers ?? [];
    }

    /// <summary>How many were counted; there may be more where <see cref="IsComplete"/> is false.</summary>
    public int Count { get; }

    /// <inheritdoc cref="FetchedSockets.SilentServers"/>
    public IReadOnlyList<string> SilentServers { get; }

    /// <inheritdoc cref="FetchedSockets.IsComplete"/>
    public bool IsComplete => SilentServers.Count == 0;
}
