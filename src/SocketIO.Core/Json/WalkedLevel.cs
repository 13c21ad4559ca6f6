namespace SocketIO.Json;

/// <summary>What a <see cref="PlaceholderWalker"/> knows of an object or array that is not yet at its end.</summary>
internal struct WalkedLevel
{
    internal int Start;
    internal int Number;
    internal bool IsPlaceholder;
    internal WalkedProperty Current;
}
