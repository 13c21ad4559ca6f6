using System.Net.Sockets;
using System.Text;
using Fuzz.Inputs;
using TestKit;

namespace Fuzz.Live;

/// <summary>One hostile connection: mutated requests, bodies of POSTs or WebSocket frames, and an end without manners.</summary>
internal sealed class Attack(Uri server, FuzzInput input)
{
    public const string Secret = "s3cr3t-of-the-wire";

    private const string Path = "/socket.io/";

    private static readonly byte[][] s_requests = FuzzInput.Utf8(
        $"GET {Path}?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nOrigin: http://{Secret}\r\n\r\n",
        $"GET {Path}?EIO=4&transport=polling&sid=SID HTTP/1.1\r\nHost: x\r\nAccept-Encoding: gzip\r\n\r\n",
        $"POST {Path}?EIO=4&transport=polling&sid=SID HTTP/1.1\r\nHost: x\r\nContent-Length: 26\r\n\r\n42[\"{Secret}\"]xx",
        $"POST {Path}?EIO=4&transport=polling&sid=SID HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n40a\r\n0\r\n\r\n",
        $"GET {Path}?EIO=4&transport=websocket&sid=SID HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n",
        $"OPTIONS {Path}?EIO=4&transport=polling HTTP/1.1\r\nHost: x\r\nOrigin: http://a\r\nAccess-Control-Request-Headers: {Secret}\r\n\r\n",
        $"GET {Path}socket.io.js HTTP/1.1\r\nHost: x\r\nIf-None-Match: \"{Secret}\"\r\nAccept-Encoding: br;q=1, *;q=0\r\n\r\n");

    private static readonly byte[][] s_tokens =
    [
        .. FuzzInput.Utf8(
            "\r\n", "\r\n\r\n", "\0", " ", "%", "%00", "&", "=", "?", "&sid=__proto__", "&transport=websocket", "EIO=3", "&b64=1", "&j=0", "GET ", "POST ", "HTTP/1.0", "HTTP/2",
            "Content-Length: 5\r\n", "Content-Length: 99999999999\r\n", "Transfer-Encoding: chunked\r\n", "Content-Type: application/octet-stream\r\n", "Connection: close\r\n",
            "Expect: 100-continue\r\n", "ffffffff\r\n", "/../", "//", "é", "Origin: http://\u0001\r\n", "Cookie: io=x\r\n", Secret),
        .. EngineCorpus.Tokens,
    ];

    public async Task RunAsync()
    {
        try
        {
            switch (input.Random.Next(3))
            {
                case 0: await SendRequestsAsync(); break;
                case 1: await PostAsync(); break;
                default: await SendFramesAsync(); break;
            }
        }
        catch (Exception error) when (error is SocketException or WireClosedException or InvalidDataException or FormatException or IndexOutOfRangeException or ObjectDisposedException or IOException)
        {
            // The server hung up, or answered what a well-behaved client does not expect.
        }
    }

    private async Task SendRequestsAsync()
    {
        string sid = "x";
        PollingClient? session = null;
        if (input.Chance(2)) sid = (session = await PollingClient.OpenAsync(server, Path)).Sid;
        await using var http = await RawHttp.ConnectAsync(server);
        for (int i = input.Random.Next(1, 3); i > 0; i--)
        {
            string request = Encoding.Latin1.GetString(input.Mutate(s_requests, s_tokens)).Replace("SID", sid, StringComparison.Ordinal);
            await http.Wire.WriteAsync(Encoding.Latin1.GetBytes(request));
        }

        await EndAsync(http.Wire);
        if (session is not null) await session.DisposeAsync();
    }

    private async Task PostAsync()
    {
        int revision = input.Random.Next(3, 5);
        await using var session = await PollingClient.OpenAsync(server, Path, revision, input.Chance(4) ? "&b64=1" : "");
        if (input.Chance(2)) await session.SendAsync(revision == 4 ? "40" : "40/a?b=c,");
        for (int i = input.Random.Next(1, 4); i > 0; i--)
        {
            bool isBinary = input.Chance(3);
            byte[] body = input.Chance(2) ? input.Mutate(EngineCorpus.Payloads, EngineCorpus.Tokens) : Join(revision);
            (string, string)[] headers = isBinary ? [("Content-Type", "application/octet-stream")] : [];
            if ((await session.PostAsync(body, headers)).Status != 200) return;
        }

        if (input.Chance(2)) await session.GetAsync();
        else await session.ResetGetAsync();
    }

    private byte[] Join(int revision)
    {
        var packets = Enumerable.Range(0, input.Random.Next(1, 6)).Select(_ => "4" + Encoding.UTF8.GetString(Packet())).ToList();
        return Encoding.UTF8.GetBytes(revision == 4 ? string.Join('\u001e', packets) : string.Concat(packets.Select(packet => $"{packet.Length}:{packet}")));
    }

    private async Task SendFramesAsync()
    {
        int revision = input.Random.Next(3, 5);
        (string, string)[] headers = input.Chance(2) ? [("Sec-WebSocket-Extensions", "permessage-deflate")] : [];
        await using var client = await SocketClient.OpenAsync(server, Path, revision, input.Chance(4) ? "&b64=1" : "", headers);
        if (!input.Chance(4)) await client.SendAsync(input.Chance(2) ? "40" : "40/admin,");
        for (int i = input.Random.Next(1, 12); i > 0; i--) await client.WebSocket.Wire.WriteAsync(NextFrame());
        await EndAsync(client.WebSocket.Wire);
    }

    private byte[] NextFrame()
    {
        if (input.Chance(6)) return RawWebSocket.Frame(WebSocketOpcode.Binary, input.Bytes(60));
        byte[] data = input.Chance(5) ? input.Mutate(EngineCorpus.Frames, EngineCorpus.Tokens) : [(byte)'4', .. Packet()];
        if (!input.Chance(4)) return RawWebSocket.Frame(WebSocketOpcode.Text, data);
        byte[] frame = RawWebSocket.Frame(
            (WebSocketOpcode)input.Random.Next(16), data, final: !input.Chance(3), (byte)(input.Chance(3) ? input.Random.Next(8) : 0), masked: !input.Chance(8));
        if (input.Chance(3)) frame[input.Random.Next(Math.Min(frame.Length, 14))] ^= (byte)(1 << input.Random.Next(8));
        return frame;
    }

    private byte[] Packet() => input.Random.Next(4) switch
    {
        0 => input.Mutate(SocketCorpus.Packets, SocketCorpus.Tokens),
        1 => Encoding.UTF8.GetBytes($"2[\"message\",\"{Secret}\"{(input.Chance(2) ? "" : ",")}]"),
        _ => Encoding.UTF8.GetBytes(JsonGrammar.Packet(input)),
    };

    private async Task EndAsync(WireConnection wire)
    {
        if (input.Chance(3))
        {
            wire.Reset();
            return;
        }

        wire.ShutdownSend();
        await wire.ReadToEndAsync();
    }
}
