using System.Text;

namespace SocketIO.Events;

/// <summary>The name of an event as it is looked for: UTF-8, and its hash. Thousands of sockets have handlers of the same events, and share their names.</summary>
internal sealed class ListenerName
{
    private const int SharedCount = 256;
    private const int MaxSharedLength = 128;

    // The last name of each hash: an application that makes up names without end does not make it grow.
    private static readonly ListenerName?[] s_shared = new ListenerName?[SharedCount];

    private ListenerName(string text)
    {
        Text = text;
        Utf8 = Encoding.UTF8.GetBytes(text);
        Hash = ListenerMap.Hash(Utf8);
    }

    internal string Text { get; }

    internal byte[] Utf8 { get; }

    internal uint Hash { get; }

    /// <summary>The name of an event; one that is shared, where there is.</summary>
    internal static ListenerName Of(string text)
    {
        if (text.Length > MaxSharedLength) return new ListenerName(text);
        // Two threads may both write; each has a name that is right.
        ref var slot = ref s_shared[(uint)StringComparer.Ordinal.GetHashCode(text) % SharedCount];
        if (Volatile.Read(ref slot) is { } known && known.Text == text) return known;
        var name = new ListenerName(text);
        Volatile.Write(ref slot, name);
        return name;
    }
}
