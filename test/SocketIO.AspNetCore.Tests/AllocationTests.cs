using System.Net;
using System.Net.Sockets;
using System.Text;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

/// <summary>What messages cost the garbage collector, from the bytes that arrive to the bytes that leave, when nobody listens to metrics, activities or logs. The whole process is
/// counted, web server included, so these run alone; and in the best of several windows, for what runs now and then is not of the messages.</summary>
[CollectionDefinition(nameof(AllocationTests), DisableParallelization = true)]
[Collection(nameof(AllocationTests))]
public sealed class AllocationTests
{
    // It takes seconds, now and then, until the runtime has compiled what is hot for good.
    private const int MostWindows = 100;
    private const int MessagesPerWindow = 2_000;

    // For what timers and the runtime itself make meanwhile: the smallest object has 24 bytes.
    private const double MostBytes = 1;

    private static readonly int[] BatchSizes = [1, 100];

    [Theory]
    [InlineData("42[\"event\"]", "", 1)]
    [InlineData("42[\"echo\",\"hello\"]", "42[\"echo\",\"hello\"]", 1)]
    [InlineData("421[\"request\",\"hello\"]", "431[\"hello\"]", 1)]
    [InlineData("42[\"news\",\"hello\"]", "42[\"news\",\"hello\"]", 4)]
    [InlineData("42[\"chat\",\"hello\"]", "42[\"chat\",\"hello\"]", 4)]
    [InlineData("3", "", 1)]
    public Task A_message_allocates_nothing(string sent, string answer, int receivers) => HoldAsync(sent, answer, receivers, ownBytes: 0);

    [Theory]
    [InlineData("42[\"text\",\"hello\"]", "42[\"text\",\"hello\"]", 32)]
    [InlineData("421[\"upper\",\"hello\"]", "431[\"HELLO\"]", 64)]
    [InlineData("42[\"number\",5]", "42[\"number\",5]", 24)]
    public Task A_message_allocates_what_the_handler_is_given_and_makes(string sent, string answer, int ownBytes) => HoldAsync(sent, answer, receivers: 1, ownBytes);

    private static async Task HoldAsync(string sent, string answer, int receivers, int ownBytes)
    {
#if DEBUG
        Assert.Skip("Code that is not optimised allocates.");
#endif
        await using var server = await TestServer.StartAsync(io =>
        {
            var room = io.To("room");
            io.OnConnection(socket =>
            {
                socket.On("event", () => { });
                socket.On("echo", () => socket.EmitAsync("echo", "hello"));
                socket.OnRequest("request", () => new ValueTask<string>("hello"));
                socket.On("news", () => io.EmitAsync("news", "hello"));
                socket.On("chat", () => room.EmitAsync("chat", "hello"));
                socket.On<string>("text", text => socket.EmitAsync("text", text));
                socket.On<int>("number", number => socket.EmitAsync("number", number));
                socket.OnRequest<string, string>("upper", text => text.ToUpperInvariant());
                socket.On("end", () => socket.EmitAsync("end"));
                return socket.JoinAsync("room");
            });
        });

        // On a thread of its own, which may block.
        await Task.Factory.StartNew(() => Hold(server.Address.Port, sent, answer, receivers, ownBytes), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static void Hold(int port, string sent, string answer, int receivers, int ownBytes)
    {
        var clients = new Socket[receivers];
        for (var i = 0; i < receivers; i++) clients[i] = Join(port);
        foreach (var batch in BatchSizes)
        {
            var exchange = new Exchange(clients, sent, answer, batch);
            Assert.InRange(LeastBytes(exchange, batch, ownBytes + MostBytes), 0, ownBytes + MostBytes);
        }

        foreach (var client in clients) client.Dispose();
    }

    private static double LeastBytes(Exchange exchange, int batch, double enough)
    {
        var least = double.MaxValue;
        for (var window = 0; window < MostWindows && least > enough; window++)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            for (var messages = 0; messages < MessagesPerWindow; messages += batch) exchange.Run();
            var bytes = GC.GetTotalAllocatedBytes(precise: true) - before;
            least = Math.Min(least, bytes / (double)MessagesPerWindow);
        }

        return least;
    }

    /// <summary>Opens a WebSocket and joins the main namespace. A socket that was ever used asynchronously makes objects when it blocks.</summary>
    private static Socket Join(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = (int)Deadline.Default.TotalMilliseconds };
        socket.Connect(new IPEndPoint(IPAddress.Loopback, port));
        var head = new StringBuilder("GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: localhost\r\n");
        foreach (var (name, value) in RawWebSocket.UpgradeHeaders()) head.Append(name).Append(": ").Append(value).Append("\r\n");
        socket.Send(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
        ReadUntil("0{");
        socket.Send(RawWebSocket.Frame(WebSocketOpcode.Text, "40"u8));
        ReadUntil("40{");
        return socket;

        void ReadUntil(string packet)
        {
            var text = "";
            var buffer = new byte[4096];
            while (!text.Contains(packet, StringComparison.Ordinal) || !text.EndsWith('}')) text += Encoding.Latin1.GetString(buffer, 0, socket.Receive(buffer));
        }
    }

    /// <summary>Sends a batch and reads all answers, without making an object.</summary>
    private sealed class Exchange
    {
        private readonly Socket[] _clients;
        private readonly byte[] _frames;
        private readonly byte[] _expected;
        private readonly byte[] _received;

        public Exchange(Socket[] clients, string sent, string answer, int batch)
        {
            _clients = clients;
            _frames = Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(sent)), batch);
            _expected = answer.Length > 0 ? Repeat(RawWebSocket.Frame(WebSocketOpcode.Text, Encoding.UTF8.GetBytes(answer), masked: false), batch) : [];
            // What has no answer is read when what follows it is answered.
            if (answer.Length == 0)
            {
                _frames = [.. _frames, .. RawWebSocket.Frame(WebSocketOpcode.Text, "42[\"end\"]"u8)];
                _expected = RawWebSocket.Frame(WebSocketOpcode.Text, "42[\"end\"]"u8, masked: false);
            }

            _received = new byte[_expected.Length];
        }

        public void Run()
        {
            _clients[0].Send(_frames);
            foreach (var client in _clients)
            {
                for (var count = 0; count < _received.Length;)
                {
                    var read = client.Receive(_received.AsSpan(count));
                    if (read == 0) throw new WireClosedException(isReset: false);
                    count += read;
                }

                if (!_received.AsSpan().SequenceEqual(_expected)) throw new InvalidDataException(Encoding.Latin1.GetString(_received));
            }
        }

        private static byte[] Repeat(byte[] frame, int count) => [.. Enumerable.Repeat(frame, count).SelectMany(bytes => bytes)];
    }
}
