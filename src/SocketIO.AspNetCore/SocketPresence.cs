namespace SocketIO.AspNetCore;

/// <summary>Whether there is a socket, and the servers of the cluster that did not say whether they have one. Can be used as a condition. Immutable.</summary>
public sealed class SocketPresence
{
    internal SocketPresence(SocketCount count)
    {
        Exists = count.Count > 0;
        SilentServers = Exists ? [] : count.SilentServers;
    }

    /// <summary>Whether one was found.</summary>
    public bool Exists { get; }

    /// <summary>The servers that did not answer, by the names that the adapter knows them by, or their ids; one entry tells of those of unknown name. Empty where a socket
    /// was found: the others need not be waited for.</summary>
    public IReadOnlyList<string> SilentServers { get; }

    /// <summary>Whether it is certain: one was found, or every server has answered.</summary>
    public bool IsComplete => SilentServers.Count == 0;

    /// <summary>Its <see cref="Exists"/>.</summary>
    /// <param name="presence">What was found.</param>
    public static implicit operator bool(SocketPresence presence)
    {
        ArgumentNullException.ThrowIfNull(presence);
        return presence.Exists;
    }
}
