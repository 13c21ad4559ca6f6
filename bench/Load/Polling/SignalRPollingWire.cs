namespace Load.Polling;

/// <summary>SignalR's long-polling transport.</summary>
internal sealed class SignalRPollingWire : IPollingWire
{
    private const string TokenName = "\"connectionToken\":\"";

    public byte[] PostAnswer => [];

    public string Open(PollingConnection connection)
    {
        var negotiated = connection.Exchange("POST", "/hub/negotiate?negotiateVersion=1");
        var token = negotiated[(negotiated.IndexOf(TokenName, StringComparison.Ordinal) + TokenName.Length)..].Split('"')[0];
        var path = $"/hub?id={token}";
        connection.Exchange("GET", path); // the first is answered at once, with nothing
        connection.Exchange("POST", path, "{\"protocol\":\"json\",\"version\":1}\x1e");
        var connected = connection.Exchange("GET", path);
        return connected == "{}\x1e" ? path : throw new LoadException($"not connected: {connected}");
    }

    public void Close(PollingConnection connection, string path) => connection.Exchange("DELETE", path);
}
