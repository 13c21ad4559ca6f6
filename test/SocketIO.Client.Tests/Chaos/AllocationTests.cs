using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using TestKit;

namespace SocketIO.Client.Tests.Chaos;

/// <summary>What messages over a WebSocket cost the client, from the socket to the handler and back, when nobody listens to logs. The server at the other end is this thread, which
/// makes no object; the least of several windows counts, for what runs now and then is not of the messages.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class AllocationTests(ITestOutputHelper output)
{
    private const int MostWindows = 60;
    private const int MessagesPerWindow = 2_000;

    // For what timers and the runtime itself make meanwhile: the smallest object has 24 bytes.
    private const double MostOthers = 1;

    // An event waits for its turn in memory of its own: an array of the nine bytes of ["event"].
    private const int CopyOfTheEvent = 40;

    // Whoever waits for an answer has a task, the task of the typed result, what completes them, a place among those that wait and the bytes of the answer.
    private const int Wait = 392;

    private const int ArrayOfTheTest = 32;

    [Theory, Trait("Spec", "CLI-ROB-03")]
    [InlineData("receive", 1, CopyOfTheEvent)]
    [InlineData("receive", 100, CopyOfTheEvent)]
    [InlineData("emit", 1, 0)]
    [InlineData("emit", 100, 0)]
    [InlineData("acknowledgement", 1, Wait + ArrayOfTheTest)]
    [InlineData("acknowledgement", 100, Wait)]
    public Task AMessageAllocatesNoMoreThan(string kind, int batch, int mostBytes)
    {
#if DEBUG
        Assert.Skip("Code that is not optimised allocates.");
#endif
        return HoldAsync(kind, batch, mostBytes);
    }

    private async Task HoldAsync(string kind, int batch, int mostBytes)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var manager = new SocketManager(new Uri($"http://{listener.LocalEndpoint}"), new SocketManagerOptions { Transports = ["websocket"] });
        var socket = manager.Socket();
        var handled = 0;
        socket.On("event", () => { Interlocked.Increment(ref handled); });
        socket.Connect();
        // On a thread of its own, which may block.
        var least = await Task.Factory.StartNew(
            () =>
            {
                using var server = new Server(listener);
                return kind switch
                {
                    "receive" => Least(() => Receive(server, batch), mostBytes + MostOthers),
                    "emit" => Least(() => Emit(server, batch), mostBytes + MostOthers),
                    _ => Least(() => Acknowledge(server, batch), mostBytes + MostOthers),
                };
            },
            default, TaskCreationOptions.LongRunning, TaskScheduler.Default).WithDeadline(kind, TimeSpan.FromMinutes(1));
        output.WriteLine($"{kind} by {batch}: {least:0.0} bytes");
        Assert.InRange(least, 0, mostBytes + MostOthers);

        void Receive(Server server, int count)
        {
            var goal = Volatile.Read(ref handled) + count;
            server.SendEvents(count);
            while (Volatile.Read(ref handled) < goal) Thread.Yield();
        }

        void Emit(Server server, int count)
        {
            for (var i = 0; i < count; i++) socket.Emit("event", "hello");
            for (var i = 0; i < count; i++) server.ReadFrame();
        }

        void Acknowledge(Server server, int count)
        {
            var answers = new Task<int>[count];
            for (var i = 0; i < count; i++) answers[i] = socket.EmitWithAckAsync<int>("ask", "hello");
            for (var i = 0; i < count; i++) server.Acknowledge();
            foreach (var answer in answers)
            {
                while (!answer.IsCompleted) Thread.Yield();
                if (!answer.IsCompletedSuccessfully) throw answer.Exception!;
            }
        }

        double Least(Action exchange, double enough)
        {
            var least = double.MaxValue;
            for (var window = 0; window < MostWindows && least > enough; window++)
            {
                var before = GC.GetTotalAllocatedBytes(precise: true);
                for (var messages = 0; messages < MessagesPerWindow; messages += batch) exchange();
                least = Math.Min(least, (GC.GetTotalAllocatedBytes(precise: true) - before) / (double)MessagesPerWindow);
            }

            return least;
        }
    }

    /// <summary>The end of one WebSocket, which reads and writes without making an object. A socket that was ever used asynchronously makes objects when it blocks.</summary>
    private sealed class Server : IDisposable
    {
        private const int MaskLength = 4;

        private readonly Socket _socket;
        private readonly byte[] _received = new byte[64 * 1024];
        private readonly byte[] _event = RawWebSocket.Frame(WebSocketOpcode.Text, "42[\"event\"]"u8, masked: false);
        private readonly byte[] _sent = new byte[64 * 1024];
        private int _start;
        private int _end;

        public Server(TcpListener listener)
        {
            _socket = listener.Server.Accept();
            _socket.NoDelay = true;
            _socket.ReceiveTimeout = (int)Deadline.Default.TotalMilliseconds;
            var request = "";
            while (!request.EndsWith("\r\n\r\n", StringComparison.Ordinal)) request += Encoding.ASCII.GetString(_received, 0, _socket.Receive(_received));
            var key = request.Split("\r\n").Single(static line => line.StartsWith("Sec-WebSocket-Key: ", StringComparison.OrdinalIgnoreCase))[19..];
#pragma warning disable CA5350 // RFC 6455 says so.
            var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
            _socket.Send(Encoding.ASCII.GetBytes($"HTTP/1.1 101 Any\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n"));
            _socket.Send(RawWebSocket.Frame(WebSocketOpcode.Text, "0{\"sid\":\"e\",\"upgrades\":[],\"pingInterval\":100000,\"pingTimeout\":100000,\"maxPayload\":1000000}"u8, masked: false));
            ReadFrame();
            _socket.Send(RawWebSocket.Frame(WebSocketOpcode.Text, "40{\"sid\":\"s\"}"u8, masked: false));
        }

        public void SendEvents(int count)
        {
            for (var i = 0; i < count; i++) _event.CopyTo(_sent, i * _event.Length);
            _socket.Send(_sent.AsSpan(0, count * _event.Length));
        }

        /// <summary>The next message, which is short and masked.</summary>
        public Span<byte> ReadFrame()
        {
            Fill(2);
            int length = _received[_start + 1] & 0x7f, head = 2;
            if (length == 126)
            {
                Fill(head += 2);
                length = BinaryPrimitives.ReadUInt16BigEndian(_received.AsSpan(_start + 2));
            }

            Fill(head + MaskLength + length);
            var mask = _received.AsSpan(_start + head, MaskLength);
            var data = _received.AsSpan(_start + head + MaskLength, length);
            for (var i = 0; i < length; i++) data[i] ^= mask[i % MaskLength];
            _start += head + MaskLength + length;
            return data;
        }

        /// <summary>Reads an event and acknowledges it: 42ID[…] is answered with 43ID[1].</summary>
        public void Acknowledge()
        {
            var packet = ReadFrame();
            var id = packet[2..packet.IndexOf((byte)'[')];
            var answer = _sent.AsSpan();
            var length = 2 + id.Length + 3;
            (answer[0], answer[1], answer[2], answer[3]) = (0x81, (byte)length, (byte)'4', (byte)'3');
            id.CopyTo(answer[4..]);
            "[1]"u8.CopyTo(answer[(4 + id.Length)..]);
            _socket.Send(answer[..(2 + length)]);
        }

        public void Dispose() => _socket.Dispose();

        private void Fill(int count)
        {
            if (_start == _end) _start = _end = 0;
            if (_received.Length - _start < count)
            {
                _received.AsSpan(_start, _end - _start).CopyTo(_received);
                (_start, _end) = (0, _end - _start);
            }

            while (_end - _start < count)
            {
                var read = _socket.Receive(_received.AsSpan(_end));
                if (read == 0) throw new WireClosedException(isReset: false);
                _end += read;
            }
        }
    }
}
