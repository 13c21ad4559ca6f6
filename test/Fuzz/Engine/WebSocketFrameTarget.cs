using System.Net.WebSockets;
using EngineIO.AspNetCore.WebSockets;
using Fuzz.Inputs;
using TestKit;
using Opcode = TestKit.WebSocketOpcode;

namespace Fuzz.Engine;

/// <summary>The bytes of a WebSocket, cut anywhere; the framework's WebSocket reads the same.</summary>
public sealed class WebSocketFrameTarget : FuzzTarget
{
    private const int MaxMessageSize = 2_000_000;

    private static readonly Opcode[] s_opcodes =
        [Opcode.Text, Opcode.Text, Opcode.Binary, Opcode.Binary, Opcode.Continuation, Opcode.Continuation, Opcode.Ping, Opcode.Pong, Opcode.Close, (Opcode)3, (Opcode)11];

    // Pieces, in the order in which they come.
    public override FuzzMessage[] Next(FuzzInput input)
    {
        var wire = new List<byte>();
        for (int frames = input.Random.Next(1, 6); frames > 0; frames--) wire.AddRange(NextFrame(input));
        if (input.Chance(4)) wire[input.Random.Next(wire.Count)] ^= (byte)(1 << input.Random.Next(8));
        int most = input.Pick((int[])[1, 3, 20, 5000]);
        var pieces = new List<FuzzMessage>();
        for (int at = 0; at < wire.Count;)
        {
            int size = Math.Min(input.Random.Next(1, most + 1), wire.Count - at);
            pieces.Add(new([.. wire.GetRange(at, size)], IsBinary: true));
            at += size;
        }

        return [.. pieces];
    }

    public override void Check(FuzzMessage[] messages)
    {
        long length = messages.Sum(static message => (long)message.Data.Length);
        var (read, end) = Within((10 * length) + (64L * messages.Length) + 100_000, () => Read(messages));
        var (expected, expectedEnd) = ReadByFramework([.. messages.SelectMany(static message => message.Data)]);

        // The framework finds bad UTF-8 before the message is whole, asks for the mask before it asks whether there is one, and knows no limit.
        if (expectedEnd == FrameReadResult.Fault || end == FrameReadResult.TooBig || end == FrameReadResult.Fault && expectedEnd == FrameReadResult.NeedMore) expectedEnd = end;
        Assert.True(expectedEnd == end, $"{end} where the framework finds {expectedEnd}.");
        Assert.Equal(expected.Count, read.Count);
        for (int i = 0; i < read.Count; i++) Assert.True(read[i].AsSpan().SequenceEqual(expected[i]), $"Message {i} differs.");
    }

    private static byte[] NextFrame(FuzzInput input)
    {
        var opcode = input.Pick(s_opcodes);
        byte[] data = input.Random.Next(6) switch
        {
            0 => [],
            1 => input.Bytes(130),
            2 => input.IsLarge ? input.Bytes(70_000) : input.Bytes(1000),
            _ => FuzzInput.Utf8(input.Pick((string[])["4a", "€", "2", "40{}", "0123456789", "4😀"]))[0],
        };
        if (opcode == Opcode.Close) data = input.Chance(2) ? [] : [3, 0xE8];
        return RawWebSocket.Frame(opcode, data, final: !input.Chance(3), reservedBits: (byte)(input.Chance(20) ? 4 : 0), masked: !input.Chance(20));
    }

    private static (List<byte[]> Messages, FrameReadResult End) Read(FuzzMessage[] pieces)
    {
        var reader = new FrameReader(MaxMessageSize);
        var messages = new List<byte[]>();
        foreach (var piece in pieces)
        {
            Memory<byte> input = piece.Data.ToArray();
            while (true)
            {
                var result = reader.Read(ref input, out var payload);
                if (result is FrameReadResult.Text or FrameReadResult.Binary) messages.Add(payload.ToArray());
                if (result is FrameReadResult.Close or FrameReadResult.Fault or FrameReadResult.TooBig)
                {
                    reader.Dispose();
                    return (messages, result);
                }

                if (result == FrameReadResult.NeedMore) break;
            }

            Assert.True(input.IsEmpty);
            reader.Release();
        }

        reader.Dispose();
        return (messages, FrameReadResult.NeedMore);
    }

    private static (List<byte[]> Messages, FrameReadResult End) ReadByFramework(byte[] wire)
    {
        var messages = new List<byte[]>();
        using var stream = new Incoming(wire);
        using var socket = WebSocket.CreateFromStream(stream, new WebSocketCreationOptions { IsServer = true, KeepAliveInterval = TimeSpan.Zero });
        byte[] buffer = new byte[wire.Length + 1];
        try
        {
            while (true)
            {
                int length = 0;
                ValueWebSocketReceiveResult received;
                do
                {
                    // A stream in memory: it is complete.
                    received = socket.ReceiveAsync(buffer.AsMemory(length), default).AsTask().GetAwaiter().GetResult();
                    length += received.Count;
                }
                while (!received.EndOfMessage);
                if (received.MessageType == WebSocketMessageType.Close) return (messages, FrameReadResult.Close);
                messages.Add(buffer[..length]);
            }
        }
        catch (WebSocketException error)
        {
            return (messages, error.WebSocketErrorCode == WebSocketError.ConnectionClosedPrematurely ? FrameReadResult.NeedMore : FrameReadResult.Fault);
        }
    }

    // What is written, pongs and close frames, goes nowhere.
    private sealed class Incoming(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanWrite => true;

        public override void Write(byte[] buffer, int offset, int count)
        {
        }

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => default;
    }
}
