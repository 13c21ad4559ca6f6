namespace TestKit;

/// <summary>The peer ended the TCP connection where bytes were expected.</summary>
public sealed class WireClosedException(bool isReset) : IOException(isReset ? "The connection was reset." : "The connection was closed.")
{
    /// <summary>True for a reset, false for an orderly end.</summary>
    public bool IsReset { get; } = isReset;
}
