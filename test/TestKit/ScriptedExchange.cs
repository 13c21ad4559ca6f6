using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace TestKit;

/// <summary>A request that waits for the test's answer: a whole response, any bytes over <see cref="Wire"/>, or a WebSocket.</summary>
public sealed class ScriptedExchange(ScriptedRequest request, WireConnection wire)
{
    public ScriptedRequest Request { get; } = request;

    /// <summary>The connection; what a test writes here goes out as it is. An exchange that is not answered holds up its connection.</summary>
    public WireConnection Wire { get; } = wire;

    internal bool IsUpgraded { get; private set; }

    /// <summary>Answers with a text.</summary>
    /// <param name="status">The HTTP status.</param>
    /// <param name="body">The body, sent as UTF-8.</param>
    /// <param name="headers">Further headers; a Content-Type replaces <c>text/plain; charset=UTF-8</c>, a Content-Length the true one.</param>
    public Task AnswerAsync(int status, string body = "", params (string Name, string Value)[] headers) =>
        AnswerAsync(status, Encoding.UTF8.GetBytes(body), headers);

    /// <inheritdoc cref="AnswerAsync(int, string, ValueTuple{string, string}[])"/>
    public Task AnswerAsync(int status, byte[] body, params (string Name, string Value)[] headers)
    {
        bool Has(string name) => headers.Any(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        var head = new StringBuilder($"HTTP/1.1 {status} Any\r\n");
        foreach (var (name, value) in headers) head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (!Has("Content-Type")) head.Append("Content-Type: text/plain; charset=UTF-8\r\n");
        if (!Has("Content-Length")) head.Append(CultureInfo.InvariantCulture, $"Content-Length: {body.Length}\r\n");
        return Wire.WriteAsync((byte[])[.. Encoding.UTF8.GetBytes(head.Append("\r\n").ToString()), .. body]);
    }

    /// <summary>Completes the WebSocket handshake of RFC 6455.</summary>
    /// <param name="headers">Further headers, e.g. a sub-protocol.</param>
    public async Task<ScriptedWebSocket> UpgradeAsync(params (string Name, string Value)[] headers)
    {
        string key = Request.Header("sec-websocket-key") ?? throw new InvalidOperationException($"{Request} asks for no WebSocket.");
#pragma warning disable CA5350 // RFC 6455 says so.
        string accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        string more = string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"));
        IsUpgraded = true;
        await Wire.WriteAsync($"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n{more}\r\n").ConfigureAwait(false);
        return new ScriptedWebSocket(Wire);
    }
}
