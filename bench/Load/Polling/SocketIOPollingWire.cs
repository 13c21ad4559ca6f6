namespace Load.Polling;

/// <summary>Engine.IO's polling transport.</summary>
internal sealed class SocketIOPollingWire : IPollingWire
{
    private const string Path = "/socket.io/?EIO=4&transport=polling";

    public byte[] PostAnswer { get; } = [.. "ok"u8];

    public string Open(PollingConnection connection)
    {
        var open = connection.Exchange("GET", Path); // 0{"sid":"…",…}
        var path = $"{Path}&sid={open.Split('"')[3]}";
        connection.Exchange("POST", path, "40");
        var connected = connection.Exchange("GET", path);
        return connected.StartsWith("40{\"sid\":\"", StringComparison.Ordinal) ? path : throw new LoadException($"not connected: {connected}");
    }

    public void Close(PollingConnection connection, string path) => connection.Exchange("POST", path, "1");
}
