namespace Soak;

/// <summary>One client over HTTP long-polling.</summary>
internal sealed class PollingEcho(HttpClient http, Uri server) : IEcho
{
    private readonly Queue<string> _received = new();
    private string _url = "/socket.io/?EIO=4&transport=polling";

    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        var open = await http.GetStringAsync(new Uri(server, _url), cancellationToken);
        _url += "&sid=" + open.Split('"')[3];
        await PostAsync("40", cancellationToken);
        await ReceiveAsync("40{", cancellationToken);
    }

    public async Task EchoAsync(int number, CancellationToken cancellationToken)
    {
        await PostAsync($"42{number}[\"echo\",\"hello {number}\"]", cancellationToken);
        var answer = await ReceiveAsync("43", cancellationToken);
        if (answer != $"43{number}[\"hello {number}\"]") throw new InvalidDataException($"expected the echo {number}, got {answer}");
    }

    public Task DisconnectAsync() => PostAsync("1", CancellationToken.None);

    public void Dispose()
    {
    }

    private async Task PostAsync(string payload, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsync(new Uri(server, _url), new StringContent(payload), cancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    private async Task<string> ReceiveAsync(string prefix, CancellationToken cancellationToken)
    {
        while (true)
        {
            while (_received.TryDequeue(out var packet))
            {
                if (packet == "2") await PostAsync("3", cancellationToken);
                else if (packet.StartsWith(prefix, StringComparison.Ordinal)) return packet;
                else throw new InvalidDataException($"expected {prefix}, got {packet}");
            }

            var body = await http.GetStringAsync(new Uri(server, _url), cancellationToken);
            foreach (var packet in body.Split('\x1e')) _received.Enqueue(packet);
        }
    }
}
