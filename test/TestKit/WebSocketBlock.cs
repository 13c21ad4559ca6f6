namespace TestKit;

/// <summary>What proxies do that know nothing of WebSockets.</summary>
public enum WebSocketBlock
{
    /// <summary>Answer with status 400.</summary>
    Refuse,

    /// <summary>End the connection.</summary>
    Cut,

    /// <summary>Never answer.</summary>
    Swallow,
}
