namespace SocketIO.Parsing;

/// <summary>All that a decoder remembers of one connection between two messages. The default value is the state of a new connection; set it
/// back to <see langword="default"/> when the connection ends. Not thread-safe: a connection's messages are decoded one after
/// another.</summary>
public struct DecoderState
{
    /// <summary>Why the last message was malformed, for logs: it says nothing of the message's content. Null where it was not.</summary>
    public string? Error { get; set; }

    /// <summary>The state of a parser of your own.</summary>
    public object? ParserState { get; set; }

    /// <summary>The packet whose attachments are still coming.</summary>
    internal PendingPacket? Pending { get; set; }

    /// <summary>The namespace of the last packet, so that its name becomes a string once.</summary>
    internal string? LastNamespace { get; set; }

    /// <summary>Sets <see cref="Error"/>.</summary>
    /// <param name="reason">The reason, without content of the message.</param>
    /// <returns><see cref="DecodeStatus.Malformed"/>.</returns>
    public DecodeStatus Fail(string reason)
    {
        Error = reason;
        return DecodeStatus.Malformed;
    }
}
