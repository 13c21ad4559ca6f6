namespace Load.Polling;

/// <summary>How a session over long-polling begins and ends; its messages are those of the WebSocket wire.</summary>
internal interface IPollingWire
{
    /// <summary>The body of the answer to a POST.</summary>
    byte[] PostAnswer { get; }

    /// <summary>Opens a session, and returns the path of its requests.</summary>
    string Open(PollingConnection connection);

    /// <summary>Ends it.</summary>
    void Close(PollingConnection connection, string path);
}
