namespace SocketIO.Json;

/// <summary>The properties that a <see cref="PlaceholderWalker"/> looks at.</summary>
internal enum WalkedProperty : byte
{
    Other,

    /// <summary><c>_placeholder</c></summary>
    Flag,

    /// <summary><c>num</c></summary>
    Number,
}
