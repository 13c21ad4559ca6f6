using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using SocketIO.AspNetCore;
using TestKit;

namespace SocketIO.Client.Tests.Peers;

/// <summary>What <c>test/Peers/servers/application.mjs</c> does, with the .NET server.</summary>
internal sealed partial class Application
{
    private readonly ConcurrentDictionary<string, List<int>> _stored = new();

    public Application(SocketIOServer io)
    {
        io.Use((socket, next) =>
        {
            var handshake = socket.Handshake;
            if (handshake.Query.ContainsKey("fail")) throw new ConnectionRefusedException("Auth failed (main namespace)");
            if (handshake.Auth.ValueKind == System.Text.Json.JsonValueKind.Object && handshake.Auth.TryGetProperty("token", out var token) && token.ValueEquals("bad"))
                throw new ConnectionRefusedException("not authorized", new { Code = "E_TOKEN", Hint = "ask for another" });
            return next();
        });
        io.Of("/no").Use((_, _) => throw new ConnectionRefusedException("Auth failed (custom namespace)"));
        foreach (string name in (string[])["/", "/foo", "/asd", "/valid", "/admin"]) io.Of(name).OnConnection(OnConnection);
        io.Of(Dynamic()).OnConnection(OnConnection);
        io.Of("/abc").OnConnection(async socket =>
        {
            OnConnection(socket);
            await socket.EmitAsync("handshake", HandshakeOf(socket));
        });
    }

    public EventLog Events { get; } = new();

    public IReadOnlyList<int> Stored(string key)
    {
        var values = _stored.GetOrAdd(key, _ => []);
        lock (values) return [.. values];
    }

    private static object HandshakeOf(ServerSocket socket) => new
    {
        socket.Handshake.Query,
        Auth = socket.Handshake.Auth.ValueKind == System.Text.Json.JsonValueKind.Object ? socket.Handshake.Auth : (object)new { },
        socket.Handshake.Headers,
        socket.Handshake.Url,
    };

    private static JsonNode? Describe(JsonNode? value, Payload whole)
    {
        switch (value)
        {
            case JsonArray array:
                return new JsonArray([.. array.Select(item => Describe(item, whole))]);
            case JsonObject placeholder when placeholder.ContainsKey("_placeholder"):
                return new JsonObject { ["bytes"] = Convert.ToHexStringLower(whole.Attachments.Span[(int)placeholder["num"]!].Span) };
            case JsonObject members:
                return new JsonObject(members.Select(member => KeyValuePair.Create(member.Key, Describe(member.Value, whole))));
            default:
                return value?.DeepClone();
        }
    }

    private void OnConnection(ServerSocket socket)
    {
        Events.Add("connection", new { Event = "connection", Namespace = socket.Namespace.Name, socket.Id, socket.Recovered, Transport = socket.Connection.TransportName });
        socket.OnDisconnected(info => Events.Add("disconnect", new { Event = "disconnect", Namespace = socket.Namespace.Name, socket.Id, info.Reason }));

        socket.On<EventArguments, Ack>("echo", (args, ack) =>
            ack.IsRequested ? ack.SendArgumentsAsync(args.ToArray()) : socket.EmitArgumentsAsync("echo", args.ToArray()));
        socket.On<EventArguments>("say", args => socket.EmitArgumentsAsync(args.Get<string>(0)!, args.ToArray().AsSpan(1)));
        socket.On<int>("burst", async count =>
        {
            for (int i = 0; i < count; i++) await socket.EmitAsync("item", i);
        });
        socket.On<EventArguments>("ask", async args =>
        {
            // Without awaiting it: what the client sends next may come before its answer.
            var answer = socket.EmitArgumentsWithAckAsync(args.Get<string>(0)!, args.ToArray().AsSpan(1));
            _ = answer.ContinueWith(task => socket.EmitArgumentsAsync("answered", task.Result.ToArray()).AsTask(), TaskContinuationOptions.OnlyOnRanToCompletion);
            await Task.CompletedTask;
        });
        socket.On<Ack>("date", ack => ack.SendAsync(DateTime.UnixEpoch, new { Date = DateTime.UnixEpoch.AddMilliseconds(1) }));
        socket.On<EventArguments, Ack>("describe", (args, ack) =>
            ack.SendArgumentsAsync([.. args.ToArray().Cast<Payload>().Select(argument => Describe(JsonNode.Parse(argument.Json.Span), argument))]));
        socket.OnRequest("id", () => socket.Id);
        socket.OnRequest("engine id", () => socket.Connection.Id);
        socket.OnRequest("transport", () => socket.Connection.TransportName);
        socket.OnRequest("handshake", () => HandshakeOf(socket));
        socket.OnRequest("recovered", () => socket.Recovered);
        socket.On<int, Payload, Ack>("later", (milliseconds, value, ack) =>
        {
            var kept = value.Copy();
            _ = Task.Delay(milliseconds).ContinueWith(_ => ack.SendAsync(kept).AsTask(), TaskScheduler.Default);
        });
        socket.On("silent", () => { });
        socket.On<string, Ack>("join", async (room, ack) =>
        {
            await socket.JoinAsync(room);
            await ack.SendAsync();
        });
        socket.On<EventArguments>("broadcast", args => socket.To(args.Get<string>(0)!).EmitArgumentsAsync(args.Get<string>(1)!, args.ToArray().AsSpan(2)));
        socket.On<string, int, int, Ack>("store", async (key, value, answerAt, ack) =>
        {
            var values = _stored.GetOrAdd(key, _ => []);
            int count;
            lock (values)
            {
                values.Add(value);
                count = values.Count;
            }

            if (count >= answerAt) await ack.SendAsync("stored");
        });
        socket.On<string, int, Ack>("store once", (key, value, ack) =>
        {
            var values = _stored.GetOrAdd(key, _ => []);
            lock (values)
            {
                if (!values.Contains(value)) values.Add(value);
            }

            return ack.SendAsync();
        });
        socket.On<bool>("disconnect me", close => socket.DisconnectAsync(close));
        socket.On("close my engine", () => socket.Connection.Close());
    }

    [GeneratedRegex(@"^/dynamic-\d+$")]
    private static partial Regex Dynamic();
}
