namespace SocketIO.AspNetCore.Adapters;

/// <summary>What is known of the servers that have not answered a request. Immutable.</summary>
/// <param name="Count">How many; null where nobody knows how many there are.</param>
/// <param name="Answered">The ids of those that have answered; an empty one stands for a server that did not say who it is.</param>
/// <param name="Servers">The ids of the silent ones; null where only their number is known.</param>
internal sealed record Silence(int? Count, IReadOnlySet<string> Answered, IReadOnlyCollection<string>? Servers = null)
{
    /// <summary>All have answered.</summary>
    public static readonly Silence None = new(0, new HashSet<string>());
}
