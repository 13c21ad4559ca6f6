namespace EngineIO.AspNetCore.WebSockets;

/// <summary>Who receives what a WebSocket brings: one call at a time.</summary>
internal interface IWebSocketReceiver
{
    /// <summary>A whole message came.</summary>
    /// <param name="data">Its bytes, valid until the returned task completes.</param>
    /// <param name="isBinary">Whether it is binary.</param>
    ValueTask OnMessageAsync(ReadOnlyMemory<byte> data, bool isBinary);

    /// <summary>A message is larger than allowed. It is skipped, and so is what follows.</summary>
    void OnMessageTooBig();

    /// <summary>All that was read together has been given.</summary>
    void OnReadCompleted();
}
