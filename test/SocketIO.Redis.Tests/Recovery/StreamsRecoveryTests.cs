using SocketIO.AspNetCore;
using SocketIO.AspNetCore.Adapters;
using SocketIO.Redis.Connections;
using SocketIO.Redis.Recovery;
using SocketIO.Redis.Streams;
using SocketIO.Redis.Tests.Streams;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Recovery;

public sealed class StreamsRecoveryTests(SharedRedis redis) : RecoverySpecification(redis)
{
    protected override string StreamKey => Prefix;

    [Fact, Trait("Spec", "SIO-CSR-09"), Trait("Spec", "SRV-CSR-03")]
    public async Task ASessionThatANodeServerStoredIsRestored()
    {
        var server = await StartAsync();
        // What official servers did, with the ids that Redis gave to the entries.
        string[] ids = ["1795417063222-0", "1795417063926-0", "1795417064500-0", "1795417065332-0"];
        string[] before = ["emit-with-csr", "socket-emit-with-csr", "socket-emit-ack-with-csr", "binary-with-csr"];
        for (int i = 0; i < ids.Length; i++) await AddAsync(ids[i], StreamVector.Load(File, before[i]).Entries.Single());
        byte[] session = StreamVector.Load(File, "disconnect").Commands.Single(command => StreamVector.Text(command[0]) == "SET")[2];
        await Database.StringSetAsync(SessionPrefix + "B_zgg5EhOTTP_3LOAAAB", session, TimeSpan.FromMinutes(2));
        int next = 0;
        foreach (var entry in StreamVector.Load(File, "missed").Entries) await AddAsync($"1795417066645-{next++}", entry);

        await using var client = await new MovingClient { Pid = "B_zgg5EhOTTP_3LOAAAB", Offset = "1795417065332-0" }.ConnectAsync(server);
        Assert.True(client.Recovered);
        Assert.Equal("ALVlZO9r2o_kTUyCAAAA", client.Id);
        Assert.Equal(["ALVlZO9r2o_kTUyCAAAA", "room1"], client.Socket.Rooms.Order());
        Assert.Equal(("bob", 7), (client.Socket.Data["u"], client.Socket.Data["n"]));
        // As the official server did, but for the volatile one.
        Assert.Equal(
            [
                "42[\"m1\",1,\"1795417066645-0\"]",
                "451-[\"m5\",{\"_placeholder\":true,\"num\":0},\"1795417066645-4\"]", "09",
                "42[\"m7\",\"direct\",\"1795417066645-5\"]",
            ],
            client.Missed);
    }

    [Fact, Trait("Spec", "SIO-CSR-07")]
    public async Task OfASessionOfANodeServerTheLastEventMustBeKnown()
    {
        var server = await StartAsync();
        byte[] session = StreamVector.Load(File, "disconnect").Commands.Single(command => StreamVector.Text(command[0]) == "SET")[2];
        await Database.StringSetAsync(SessionPrefix + "B_zgg5EhOTTP_3LOAAAB", session, TimeSpan.FromMinutes(2));
        await using var client = await new MovingClient { Pid = "B_zgg5EhOTTP_3LOAAAB", Offset = "1795417065332-0" }.ConnectAsync(server);
        Assert.Equal(RecoveryOutcome.OffsetExpired, client.Socket.Recovery);
    }

    [Fact, Trait("Spec", "SRV-CSR-02")]
    public async Task WhatIsStoredIsWhatANodeServerReads()
    {
        var server = await StartAsync();
        await using var client = await new MovingClient().ConnectAsync(server);
        await client.Socket.JoinAsync("room1");
        client.Socket.Data["u"] = "bob";
        await client.SyncAsync();
        await CutAsync(client);
        var stored = await Database.StringGetAsync(SessionPrefix + client.Pid);
        Assert.True(EntryCodec.TryReadValue(stored, out var session));
        Assert.StartsWith($"{{\"sid\":\"{client.Id}\",\"pid\":\"{client.Pid}\",\"rooms\":[\"{client.Id}\",\"room1\"],\"data\":{{\"u\":\"bob\"}},", session.ToString());
        Assert.InRange((await Database.KeyTimeToLiveAsync(SessionPrefix + client.Pid))!.Value.TotalSeconds, 60, 120);
        var entry = Assert.Single(await Database.StreamRangeAsync(StreamKey));
        Assert.Equal(["uid", "nsp", "type", "data"], entry.Values.Select(field => (string?)field.Name));
        Assert.Equal($"{{\"packet\":{{\"type\":2,\"data\":[\"sync\"]}},\"opts\":{{\"rooms\":[\"{client.Id}\"],\"except\":[],\"flags\":{{}}}}}}", entry["data"]);
        Assert.Equal(entry.Id, client.Offset);
    }

    protected override Func<ServerNamespace, IAdapter> Adapters(int maxLength)
    {
        var options = new RedisStreamsAdapterOptions
        {
            Configuration = Address, StreamName = Prefix, ChannelPrefix = Prefix, SessionKeyPrefix = SessionPrefix, MaxLength = maxLength,
        };
        var tails = new StreamTails();
        return new RedisConnections().ToAdapter(options, (ns, own, connection) => new RedisStreamsAdapter(ns, own, connection, tails));
    }

    private const string File = "redis-streams-recovery.json";

    private Task<RedisValue> AddAsync(string id, StreamEntry entry) => Database.StreamAddAsync(StreamKey, entry.Values, messageId: id);
}
