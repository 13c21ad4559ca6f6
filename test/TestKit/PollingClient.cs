using System.Globalization;
using System.Text.Json;

namespace TestKit;

/// <summary>An Engine.IO session over long polling: one kept-alive connection for GET and one for POST, as a browser has them.</summary>
public sealed class PollingClient : IAsyncDisposable
{
    private readonly Queue<string> _packets = new();
    private RawHttp _get;
    private RawHttp _post;

    private PollingClient(Uri server, int revision, string query, RawHttp get, RawHttp post, RawResponse openResponse)
    {
        Server = server;
        Revision = revision;
        OpenResponse = openResponse;
        (_get, _post) = (get, post);
        foreach (string packet in Split(openResponse.Text))
            _packets.Enqueue(packet);
        Handshake = JsonDocument.Parse(_packets.Dequeue()[1..]).RootElement;
        Sid = Handshake.GetProperty("sid").GetString()!;
        Target = $"{query}&sid={Sid}";
    }

    public Uri Server { get; }

    public int Revision { get; }

    public string Sid { get; }

    public JsonElement Handshake { get; }

    public RawResponse OpenResponse { get; }

    /// <summary>Target of the session's polling requests.</summary>
    public string Target { get; }

    /// <summary>Target of the session's WebSocket upgrade.</summary>
    public string UpgradeTarget => Target.Replace("transport=polling", "transport=websocket", StringComparison.Ordinal);

    /// <summary>Opens a session; <paramref name="extra"/> is appended to the query (<c>&amp;b64=1</c>).</summary>
    public static async Task<PollingClient> OpenAsync(
        Uri server, string path = "/engine.io/", int revision = 4, string extra = "", params (string Name, string Value)[] headers)
    {
        string query = $"{path}?EIO={revision}&transport=polling{extra}";
        var get = await RawHttp.ConnectAsync(server).ConfigureAwait(false);
        var post = await RawHttp.ConnectAsync(server).ConfigureAwait(false);
        await get.SendAsync("GET", query, (byte[]?)null, headers).ConfigureAwait(false);
        var response = await get.ReadAsync().ConfigureAwait(false);
        if (response.Status != 200)
            throw new InvalidDataException($"The handshake was refused: {response}");
        return new PollingClient(server, revision, query, get, post, response);
    }

    /// <summary>Sends a GET and returns its answer.</summary>
    public async Task<RawResponse> GetAsync() => await (await BeginGetAsync().ConfigureAwait(false)).ConfigureAwait(false);

    /// <summary>Sends a GET; the inner task is the answer.</summary>
    public async Task<Task<RawResponse>> BeginGetAsync()
    {
        await _get.SendAsync("GET", Target).ConfigureAwait(false);
        return _get.ReadAsync();
    }

    /// <summary>Aborts the connection of the GETs with a reset.</summary>
    public async Task ResetGetAsync()
    {
        _get.Wire.Reset();
        _get = await RawHttp.ConnectAsync(Server).ConfigureAwait(false);
    }

    /// <summary>Aborts both connections with a reset.</summary>
    public void Reset()
    {
        _get.Wire.Reset();
        _post.Wire.Reset();
    }

    /// <summary>Posts a payload as it is and returns the answer.</summary>
    public async Task<RawResponse> PostAsync(string payload, params (string Name, string Value)[] headers)
    {
        await _post.SendAsync("POST", Target, payload, headers).ConfigureAwait(false);
        return await ReadPostAsync().ConfigureAwait(false);
    }

    /// <inheritdoc cref="PostAsync(string, ValueTuple{string, string}[])"/>
    public async Task<RawResponse> PostAsync(byte[] payload, params (string Name, string Value)[] headers)
    {
        await _post.SendAsync("POST", Target, payload, headers).ConfigureAwait(false);
        return await ReadPostAsync().ConfigureAwait(false);
    }

    /// <summary>Posts one packet in the framing of the session's revision; anything but <c>ok</c> throws.</summary>
    public async Task SendAsync(params string[] packets)
    {
        string payload = Revision == 4
            ? string.Join('\u001e', packets)
            : string.Concat(packets.Select(packet => packet.Length.ToString(CultureInfo.InvariantCulture) + ":" + packet));
        var response = await PostAsync(payload).ConfigureAwait(false);
        if (response.Status != 200 || response.Text != "ok")
            throw new InvalidDataException($"The POST was refused: {response}");
    }

    /// <summary>The next packet other than a heartbeat; pings are answered. Null once the session is unknown.</summary>
    public async Task<string?> ReceiveAsync()
    {
        long start = TimeProvider.System.GetTimestamp();
        while (true)
        {
            if (TimeProvider.System.GetElapsedTime(start) > Deadline.Default)
                throw new TimeoutException("Nothing but heartbeats came.");

            if (_packets.TryDequeue(out string? packet))
            {
                if (packet is not "2" || Revision != 4)
                    return packet;
                await PostAsync("3").ConfigureAwait(false);
                continue;
            }

            var response = await GetAsync().ConfigureAwait(false);
            if (response.Status == 400 && response.Text.StartsWith("{\"code\":1", StringComparison.Ordinal))
                return null;
            if (response.Status != 200)
                throw new InvalidDataException($"The poll failed: {response}");
            foreach (string received in Split(response.Text))
                _packets.Enqueue(received);
        }
    }

    /// <summary>Splits a text payload of this session's revision into packets.</summary>
    public IEnumerable<string> Split(string payload) => Revision == 4 ? payload.Split('\u001e') : SplitRevision3(payload);

    public async ValueTask DisposeAsync()
    {
        await _get.DisposeAsync().ConfigureAwait(false);
        await _post.DisposeAsync().ConfigureAwait(false);
    }

    private static List<string> SplitRevision3(string payload)
    {
        var packets = new List<string>();
        while (payload.Length > 0)
        {
            int colon = payload.IndexOf(':', StringComparison.Ordinal);
            int length = int.Parse(payload.AsSpan(0, colon), CultureInfo.InvariantCulture);
            packets.Add(payload.Substring(colon + 1, length));
            payload = payload[(colon + 1 + length)..];
        }

        return packets;
    }

    // The reference closes the connection after a refused body; the next POST then needs a new one.
    private async Task<RawResponse> ReadPostAsync()
    {
        var response = await _post.ReadAsync().ConfigureAwait(false);
        if (response.Status != 200 || "close".Equals(response.Header("connection"), StringComparison.OrdinalIgnoreCase))
        {
            await _post.DisposeAsync().ConfigureAwait(false);
            _post = await RawHttp.ConnectAsync(Server).ConfigureAwait(false);
        }

        return response;
    }
}
