namespace EngineIO.Client.Transports;

/// <summary>How a WebSocket ended, or failed to begin.</summary>
/// <param name="Code">The close code.</param>
/// <param name="Description">The text of the close frame.</param>
/// <param name="HttpStatus">The status of the answer to the handshake.</param>
internal readonly record struct WebSocketEnd(int? Code, string? Description, int? HttpStatus = null)
{
    private const int Abnormal = 1006;

    /// <summary>Without a close frame.</summary>
    public static WebSocketEnd Lost => new(Abnormal, null);

    public static WebSocketEnd Closed(int? code, string? description) => new(code, description ?? "");
}
