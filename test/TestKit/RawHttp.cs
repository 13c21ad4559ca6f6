using System.Globalization;
using System.Text;

namespace TestKit;

/// <summary>HTTP/1.1 by hand over one connection: exact targets, exact headers, slow and chunked bodies, aborts.</summary>
public sealed class RawHttp : IAsyncDisposable
{
    private readonly Uri _server;
    private readonly Queue<string> _methods = new();

    private RawHttp(Uri server, WireConnection wire)
    {
        _server = server;
        Wire = wire;
    }

    public WireConnection Wire { get; }

    public static async Task<RawHttp> ConnectAsync(Uri server, CancellationToken cancellationToken = default) =>
        new(server, await WireConnection.ConnectAsync(server, cancellationToken).ConfigureAwait(false));

    /// <summary>One request on a connection of its own.</summary>
    public static async Task<RawResponse> RequestAsync(
        Uri server, string method, string target, string? body = null, params (string Name, string Value)[] headers)
    {
        await using var http = await ConnectAsync(server).ConfigureAwait(false);
        await http.SendAsync(method, target, body, headers).ConfigureAwait(false);
        return await http.ReadAsync().ConfigureAwait(false);
    }

    public static Task<RawResponse> GetAsync(Uri server, string target, params (string Name, string Value)[] headers) =>
        RequestAsync(server, "GET", target, null, headers);

    /// <summary>Sends a request; a body gets a Content-Length unless the headers frame it.</summary>
    public Task SendAsync(string method, string target, string? body = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, target, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    /// <inheritdoc cref="SendAsync(string, string, string?, ValueTuple{string, string}[])"/>
    public async Task SendAsync(string method, string target, byte[]? body, params (string Name, string Value)[] headers)
    {
        if (body is not null && !headers.Any(header => header.Name.Equals("Content-Length", StringComparison.OrdinalIgnoreCase)))
            headers = [.. headers, ("Content-Length", body.Length.ToString(CultureInfo.InvariantCulture))];
        byte[] head = Encoding.UTF8.GetBytes(Head(method, target, headers));
        _methods.Enqueue(method);
        await Wire.WriteAsync(body is null ? head : [.. head, .. body]).ConfigureAwait(false);
    }

    /// <summary>Sends the head of a request alone; its body follows by <see cref="Wire"/> or <see cref="SendChunkAsync"/>.</summary>
    public Task SendHeadAsync(string method, string target, params (string Name, string Value)[] headers)
    {
        _methods.Enqueue(method);
        return Wire.WriteAsync(Head(method, target, headers));
    }

    /// <summary>Sends one chunk; an empty one ends the body.</summary>
    public Task SendChunkAsync(ReadOnlyMemory<byte> data)
    {
        byte[] size = Encoding.ASCII.GetBytes(data.Length.ToString("x", CultureInfo.InvariantCulture) + "\r\n");
        return Wire.WriteAsync((byte[])[.. size, .. data.Span, .. "\r\n"u8]);
    }

    /// <summary>Reads the answer to the oldest unanswered request.</summary>
    public async Task<RawResponse> ReadAsync(CancellationToken cancellationToken = default)
    {
        string method = _methods.Dequeue();
        string[] statusLine = (await Wire.ReadLineAsync(cancellationToken).ConfigureAwait(false)).Split(' ', 3);
        int status = int.Parse(statusLine[1], CultureInfo.InvariantCulture);

        var headers = new List<KeyValuePair<string, string>>();
        while (await Wire.ReadLineAsync(cancellationToken).ConfigureAwait(false) is { Length: > 0 } line)
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers.Add(new(line[..colon], line[(colon + 1)..].Trim(' ')));
        }

        var response = new RawResponse(status, statusLine.Length > 2 ? statusLine[2] : "", headers, []);
        bool hasBody = method != "HEAD" && status is not (101 or 204 or 304);
        byte[] body = hasBody ? await ReadBodyAsync(response, cancellationToken).ConfigureAwait(false) : [];
        return new RawResponse(status, response.Reason, headers, body);
    }

    public ValueTask DisposeAsync() => Wire.DisposeAsync();

    private string Head(string method, string target, (string Name, string Value)[] headers)
    {
        var head = new StringBuilder($"{method} {target} HTTP/1.1\r\n");
        if (!headers.Any(header => header.Name.Equals("Host", StringComparison.OrdinalIgnoreCase)))
            head.Append(CultureInfo.InvariantCulture, $"Host: {_server.Authority}\r\n");
        foreach (var (name, value) in headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        return head.Append("\r\n").ToString();
    }

    private async Task<byte[]> ReadBodyAsync(RawResponse response, CancellationToken cancellationToken)
    {
        if (response.Header("transfer-encoding") == "chunked")
            return await ReadChunksAsync(cancellationToken).ConfigureAwait(false);
        if (response.Header("content-length") is { } length)
            return await Wire.ReadExactAsync(int.Parse(length, CultureInfo.InvariantCulture), cancellationToken).ConfigureAwait(false);
        return (await Wire.ReadToEndAsync(cancellationToken).ConfigureAwait(false)).Bytes;
    }

    private async Task<byte[]> ReadChunksAsync(CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        while (true)
        {
            string size = await Wire.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            int length = int.Parse(size, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            body.Write(await Wire.ReadExactAsync(length, cancellationToken).ConfigureAwait(false));
            await Wire.ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (length == 0)
                return body.ToArray();
        }
    }
}
