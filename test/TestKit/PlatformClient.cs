using System.Net;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TestKit;

/// <summary>An Engine.IO client made of .NET's own HTTP and WebSocket clients: for HTTP/2, and for hosts without a network.</summary>
public sealed class PlatformClient : IDisposable
{
    private readonly Func<string, Task> _send;
    private readonly Func<Task<string>> _receive;
    private readonly IDisposable[] _parts;

    private PlatformClient(Func<string, Task> send, Func<Task<string>> receive, params IDisposable[] parts) =>
        (_send, _receive, _parts) = (send, receive, parts);

    /// <summary>Opens a session by polling.</summary>
    /// <param name="http">Carries the requests; disposed of with the client.</param>
    /// <param name="path">The server's path, such as <c>engine.io/</c>.</param>
    public static async Task<PlatformClient> PollAsync(HttpClient http, string path)
    {
        ArgumentNullException.ThrowIfNull(http);
        string polling = path + "?EIO=4&transport=polling";
        string open = await http.GetStringAsync(new Uri(polling, UriKind.Relative)).WithDeadline("the handshake");
        using var handshake = JsonDocument.Parse(open[1..]);
        var session = new Uri($"{polling}&sid={handshake.RootElement.GetProperty("sid").GetString()}", UriKind.Relative);
        return new PlatformClient(SendAsync, () => http.GetStringAsync(session).WithDeadline("the poll"), http);

        async Task SendAsync(string packet)
        {
            using var body = new StringContent(packet);
            using var answer = await http.PostAsync(session, body).WithDeadline("the POST");
            string text = await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
            if (text != "ok") throw new InvalidDataException($"The answer to a POST is {text}.");
        }
    }

    /// <summary>Opens a session by polling over HTTP/2.</summary>
    public static Task<PlatformClient> PollOverHttp2Async(Uri server, string path) => PollAsync(
        new HttpClient { BaseAddress = server, DefaultRequestVersion = HttpVersion.Version20, DefaultVersionPolicy = HttpVersionPolicy.RequestVersionExact }, path);

    /// <summary>Opens a session on a WebSocket.</summary>
    /// <param name="connect">Connects it to a target.</param>
    /// <param name="path">The server's path.</param>
    /// <param name="parts">What is disposed of with the client, after the WebSocket.</param>
    public static async Task<PlatformClient> ConnectAsync(Func<string, Task<WebSocket>> connect, string path, params IDisposable[] parts)
    {
        ArgumentNullException.ThrowIfNull(connect);
        var socket = await connect(path + "?EIO=4&transport=websocket").WithDeadline("the WebSocket");
        string open = await ReceiveAsync();
        if (!open.StartsWith("0{", StringComparison.Ordinal)) throw new InvalidDataException($"The handshake is {open}.");
        return new PlatformClient(SendAsync, ReceiveAsync, [socket, .. parts]);

        Task SendAsync(string packet) => socket.SendAsync(Encoding.UTF8.GetBytes(packet), WebSocketMessageType.Text, endOfMessage: true, default);

        async Task<string> ReceiveAsync()
        {
            byte[] buffer = new byte[1000];
            var received = await socket.ReceiveAsync(new ArraySegment<byte>(buffer), default).WithDeadline("a message");
            return Encoding.UTF8.GetString(buffer, 0, received.Count);
        }
    }

    /// <summary>Opens a session on a WebSocket over HTTP/2.</summary>
    public static Task<PlatformClient> ConnectOverHttp2Async(Uri server, string path)
    {
        ArgumentNullException.ThrowIfNull(server);
        var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        return ConnectAsync(OpenAsync, path, invoker);

        async Task<WebSocket> OpenAsync(string target)
        {
            var socket = new ClientWebSocket();
            socket.Options.HttpVersion = HttpVersion.Version20;
            socket.Options.HttpVersionPolicy = HttpVersionPolicy.RequestVersionExact;
            await socket.ConnectAsync(new Uri($"ws://{server.Authority}/{target}"), invoker, default);
            return socket;
        }
    }

    /// <summary>Sends a packet.</summary>
    public Task SendAsync(string packet) => _send(packet);

    /// <summary>The next packet; empty where the WebSocket is closed. A poll that is refused throws a <see cref="HttpRequestException"/>.</summary>
    public Task<string> ReceiveAsync() => _receive();

    public void Dispose()
    {
        foreach (var part in _parts) part.Dispose();
    }
}
