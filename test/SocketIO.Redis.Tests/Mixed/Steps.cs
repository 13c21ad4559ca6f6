using System.Text.Json;
using System.Text.Json.Nodes;
using SocketIO.AspNetCore;

namespace SocketIO.Redis.Tests.Mixed;

/// <summary>Does on our server what <c>cluster.mjs</c> does on the official one: one step after the other, such as <c>[["to","room"],["emit","hello",1]]</c>.</summary>
internal static class Steps
{
    public static async Task<JsonNode?> RunAsync(ServerNamespace ns, string steps)
    {
        var all = ns.Except(Array.Empty<string>());
        object? subject = ns;
        foreach (var step in JsonDocument.Parse(steps).RootElement.EnumerateArray())
        {
            object?[] args = [.. step.EnumerateArray().Skip(1).Select(Values.Revive)];
            subject = await StepAsync(ns, subject as BroadcastOperator ?? all, subject, step[0].GetString()!, args);
        }

        return subject as JsonNode;
    }

    private static async Task<object?> StepAsync(ServerNamespace ns, BroadcastOperator target, object? subject, string name, object?[] args)
    {
        switch (name)
        {
            case "to" or "in": return target.To(Rooms(args[0]));
            case "except": return target.Except(Rooms(args[0]));
            case "local": return target.Local;
            case "volatile": return target.Volatile;
            case "timeout": return target.Timeout(TimeSpan.FromMilliseconds(((JsonElement)args[0]!).GetInt32()));
            case "sockets": return ns;
            case "get": return ns.Sockets[(string)args[0]!];
            case "broadcast": return ((ServerSocket)subject!).Broadcast;
            case "adapter": return ns;
            case "serverCount": return JsonValue.Create(await ns.Adapter.GetServerCountAsync());
            case "emit":
                await target.EmitArgumentsAsync((string)args[0]!, args.AsSpan(1));
                return null;
            case "emitWithAck": return await AnswersAsync(target.EmitArgumentsWithAcksAsync((string)args[0]!, args.AsSpan(1)));
            case "serverSideEmit":
                await ns.ServerSide.EmitArgumentsAsync((string)args[0]!, args.AsSpan(1));
                return null;
            case "serverSideEmitWithAck": return await AnswersAsync(ns.ServerSide.EmitArgumentsWithAcksAsync((string)args[0]!, args.AsSpan(1)));
            case "socketsJoin":
                await target.SocketsJoinAsync(Rooms(args[0]));
                return null;
            case "socketsLeave":
                await target.SocketsLeaveAsync(Rooms(args[0]));
                return null;
            case "disconnectSockets":
                await target.DisconnectSocketsAsync(close: args.Length > 0);
                return null;
            case "fetchSockets": return new JsonArray([.. (await target.FetchSocketsAsync()).Select(Show)]);
            default: throw new ArgumentException(name);
        }
    }

    private static List<string> Rooms(object? rooms) => rooms is string room ? [room] : [.. ((List<object?>)rooms!).Cast<string>()];

    private static async Task<JsonNode?> AnswersAsync(Task<IReadOnlyList<EventArguments>> asking)
    {
        try
        {
            return Answers(await asking);
        }
        catch (BroadcastTimeoutException error)
        {
            return new JsonObject { ["$error"] = error.Message, ["responses"] = Answers(error.Responses) };
        }

        static JsonArray Answers(IReadOnlyList<EventArguments> all) => new([.. all.Select(static answer => Values.Show(answer.Payload))]);
    }

    private static JsonNode Show(IRemoteSocket socket) => new JsonObject
    {
        ["id"] = socket.Id,
        ["rooms"] = new JsonArray([.. socket.Rooms.Select(static room => (JsonNode)room)]),
        ["data"] = new JsonObject(socket.Data.Keys.Select(key => KeyValuePair.Create(key, JsonSerializer.SerializeToNode(socket.GetData<JsonElement>(key))))),
        ["handshake"] = new JsonObject
        {
            ["auth"] = JsonSerializer.SerializeToNode(socket.Handshake.Auth),
            ["query"] = JsonSerializer.SerializeToNode(socket.Handshake.Query),
            ["headers"] = JsonSerializer.SerializeToNode(socket.Handshake.Headers),
            ["address"] = socket.Handshake.Address,
            ["secure"] = socket.Handshake.Secure,
            ["xdomain"] = socket.Handshake.XDomain,
            ["issued"] = socket.Handshake.Issued,
            ["url"] = socket.Handshake.Url,
        },
    };
}
