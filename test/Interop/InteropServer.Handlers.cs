using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;
using SocketIO;
using SocketIO.AspNetCore;

namespace Interop.Tests;

// One function for each scenario's events.
internal static partial class InteropServer
{
    private static void OnEvents(ServerSocket socket)
    {
        socket.On<EventArguments>("echo", args => socket.EmitArgumentsAsync("echo", args.ToArray()));
        socket.On<EventArguments>("echo as", args => socket.EmitArgumentsAsync(args.Get<string>(0)!, args.ToArray().AsSpan(1)));
        socket.On<string, int, Point>("typed", (name, age, point) => socket.EmitAsync("typed", name, age, point?.X ?? 0, point?.Tags[0]));
        foreach (var name in (string[])["a,b", "[\"x\"]", "naïve ☕", "1", " ", "/ns,", "toString"])
            socket.On<int>(name, number => socket.EmitAsync("named", name, number));
    }

    private static void OnBinary(ServerSocket socket)
    {
        socket.OnRequest<Parcel, Parcel>("reverse parcel", parcel => parcel.Reverse());
        socket.On("send parcel", () => socket.EmitAsync(
            "parcel", "from the server", new Parcel("q", [0, 127, 128, 255], [new Part("z", [30])]), new ReadOnlyMemory<byte>([42])));
        socket.On<int, int>("storm", (tasks, rounds) => Task.WhenAll(Enumerable.Range(0, tasks).Select(task => Task.Run(async () =>
        {
            for (var round = 0; round < rounds; round++)
                await socket.EmitAsync("storm", task, round, new[] { (byte)task, (byte)round }, new { Inner = new[] { (byte)round, (byte)task } });
        }))));
    }

    private static void OnAcks(ServerSocket socket)
    {
        socket.On<EventArguments, Ack>("echo ack", (args, ack) => ack.SendArgumentsAsync(args.ToArray()));
        socket.OnRequest<int, int, int>("sum", (a, b) => a + b);
        socket.OnRequest<int, int, int>("sum later", async (a, b) =>
        {
            await YieldAsync(20);
            return a + b;
        });
        socket.On<int>("ask me", async count =>
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, count).Select(i => socket.EmitWithAckAsync<string>("question", i)));
            await socket.EmitAsync("answers", (object)answers);
        });
        socket.On("ask for bytes", async () =>
            await socket.EmitAsync("bytes answered", await socket.EmitWithAckAsync<byte[]>("bytes please", new byte[] { 1, 2, 3 })));
        socket.On("ask in vain", async () =>
        {
            await Assert.ThrowsAsync<AckTimeoutException>(() => socket.Timeout(TimeSpan.FromMilliseconds(100)).EmitWithAckAsync<string>("silence"));
            await socket.EmitAsync("unanswered", "timeout");
        });
    }

    private static void OnRooms(SocketIOServer io, ServerSocket socket)
    {
        string[] Rooms() => [.. socket.Rooms.Where(room => room != socket.Id).Order(StringComparer.Ordinal)];

        socket.OnRequest<string, string[]>("join", async room =>
        {
            await socket.JoinAsync(room);
            return Rooms();
        });
        socket.OnRequest<string, string[]>("leave", async room =>
        {
            await socket.LeaveAsync(room);
            return Rooms();
        });
        OnSaying<string>("to room", (room, text) => socket.To(room).EmitAsync("heard", text));
        OnSaying<string>("in room", (room, text) => io.In(room).EmitAsync("heard", text));
        OnSaying<string[]>("in rooms", (rooms, text) => io.In(rooms).EmitAsync("heard", text));
        socket.On<string, string, Payload, Ack>("in room except", async (room, except, text, ack) =>
        {
            await io.In(room).Except(except).EmitAsync("heard", text);
            await ack.SendAsync();
        });
        socket.On<Payload, Ack>("everybody", async (text, ack) =>
        {
            await io.EmitAsync("heard", text);
            await ack.SendAsync();
        });
        socket.On<Payload, Ack>("broadcast", async (text, ack) =>
        {
            await socket.Broadcast.EmitAsync("heard", text);
            await ack.SendAsync();
        });
        socket.On<string, string, Ack>("move everybody", async (from, to, ack) =>
        {
            await io.In(from).SocketsJoinAsync(to);
            await ack.SendAsync();
        });

        void OnSaying<TTarget>(string name, Func<TTarget, Payload, ValueTask> say) => socket.On<TTarget, Payload, Ack>(name, async (target, text, ack) =>
        {
            await say(target, text);
            await ack.SendAsync();
        });
    }

    private static void OnVolatile(ServerSocket socket, HitCounter hits)
    {
        socket.On<int>("volatile burst", async count =>
        {
            for (var i = 0; i < count; i++) await socket.Volatile.EmitAsync("volatile", i);
            await socket.EmitAsync("burst over");
        });
        socket.On("volatile from client", hits.Add);
        socket.OnRequest("volatile count", () => hits.Count);
    }

    private static void OnEnds(ServerSocket socket)
    {
        socket.On<bool>("disconnect me", close => socket.DisconnectAsync(close));
        socket.On("close my engine", () => socket.Connection.Close());
        socket.On("transport", () => socket.EmitAsync("transport", socket.Connection.TransportName));
        socket.OnRequest<string, int>("length of", text => text.Length);
        socket.On<int>("send big", length => socket.EmitAsync("big", new string('x', length)));
    }

    private static void OnNumbers(ServerSocket socket)
    {
        List<int> numbers = [], slow = [];
        // Every fiftieth number comes with bytes, the others with text.
        socket.On<int, Payload>("number", (number, extra) => numbers.Add((number % 50 == 0) == extra.HasAttachments ? number : -1));
        socket.OnRequest("numbers received", () => numbers.ToArray());
        socket.On<int>("burst", async count =>
        {
            for (var i = 0; i < count; i++) await socket.EmitAsync("burst", i);
        });
        socket.On<int>("slow", async number =>
        {
            await YieldAsync(number % 3);
            slow.Add(number);
            if (slow.Count == 50) await socket.EmitAsync("slow done", (object)slow.ToArray());
        });
    }

    private static void OnDocumentation(ServerSocket socket)
    {
        socket.OnDisconnecting(async _ =>
        {
            foreach (var room in socket.Rooms.Where(room => room != socket.Id)) await socket.To(room).EmitAsync("left", socket.Id, room);
            await socket.Broadcast.EmitAsync("gone");
        });
        socket.On<Order, Ack>("order:create", async (order, ack) =>
        {
            if (!ack.IsRequested) await socket.DisconnectAsync();
            else if (order is { Product.Length: > 0, Amount: > 0 }) await ack.SendAsync(new { Status = "OK", Total = order.Amount });
            else await ack.SendAsync(new { Status = "KO", Error = "product and amount are needed" });
        });
        var transports = new ConcurrentQueue<string>([socket.Connection.TransportName]);
        socket.Connection.Upgraded += () => transports.Enqueue(socket.Connection.TransportName);
        socket.OnRequest("transports seen", () => transports.ToArray());
    }

    private static void MapWorkspaces(SocketIOServer io)
    {
        var workspaces = io.Of(new Regex(@"^/workspace-\d+$"));
        workspaces.OnConnection(socket =>
        {
            socket.OnRequest("who is here", () => (object[])[socket.Namespace.Name, socket.Namespace.Sockets.Count]);
            socket.On<string>("say", text => socket.Broadcast.EmitAsync("said", text));
        });
        workspaces.On<string, Payload>("tell all workspaces", (text, extra) => workspaces.EmitAsync("news", text, extra));

        io.Of(async (name, handshake) =>
        {
            await Task.Yield();
            var token = handshake.Auth.TryGetProperty("token", out var auth) ? auth.GetString() : handshake.Query.GetValueOrDefault("token");
            return token is not null && name == $"/of-{token}";
        });
    }

    private static void OnLimited(ServerSocket socket)
    {
        var events = 0;
        socket.Use((_, next) => ++events > 2 ? throw new InvalidOperationException("too many events") : next());
        socket.OnError(_ => socket.DisconnectAsync());
        socket.On<int>("say", number => socket.EmitAsync("heard", number));
    }

    // Counts to the client while its connection is being upgraded: the last hundred numbers wait for the new transport.
    private static async Task CountAsync(ServerSocket socket)
    {
        if (!socket.Handshake.Query.TryGetValue("countTo", out var text)) return;
        var (count, session) = (int.Parse(text, CultureInfo.InvariantCulture), socket.Connection);
        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        session.Upgraded += () => settled.TrySetResult();
        session.Closed += (_, _) => settled.TrySetResult();
        if (session.TransportName == socket.Handshake.Query["until"] || !socket.Connected) settled.TrySetResult();
        for (var number = 0; number < count; number++)
        {
            await socket.EmitAsync("number", number);
            if (number % 10 == 0) await Task.Yield();
            if (number == 900) await settled.Task;
        }
    }

    private static async Task YieldAsync(int times)
    {
        for (var i = 0; i < times; i++) await Task.Yield();
    }
}
