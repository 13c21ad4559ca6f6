namespace SocketIO.MessagePack.Wire;

/// <summary>The keys of a packet.</summary>
internal static class Keys
{
    internal static ReadOnlySpan<byte> Type => "type"u8;

    internal static ReadOnlySpan<byte> Namespace => "nsp"u8;

    internal static ReadOnlySpan<byte> Data => "data"u8;

    internal static ReadOnlySpan<byte> Id => "id"u8;
}
