using SocketIO.AspNetCore;
using SocketIO.Redis.Recovery;
using StackExchange.Redis;

namespace SocketIO.Redis.Tests.Recovery;

/// <summary>Sessions whose events are logged beside the channels on which they travel.</summary>
public abstract class LogRecoverySpecification(SharedRedis redis) : RecoverySpecification(redis)
{
    [Fact, Trait("Spec", "SIO-CSR-02")]
    public async Task OffsetsTravelBesideTheArguments()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await b.Io.EmitAsync("text", 1);
        string text = await client.ReceiveAsync();
        Assert.Equal($"42[\"text\",1,\"{client.Offset}\"]", text);
        await b.Io.EmitAsync("bytes", new byte[] { 1 });
        string header = await client.ReceiveAsync();
        Assert.Equal($"451-[\"bytes\",{{\"_placeholder\":true,\"num\":0}},\"{client.Offset}\"]", header);
        await client.ReceiveAsync();
        await b.Io.Volatile.EmitAsync("volatile");
        Assert.Equal("42[\"volatile\"]", await client.ReceiveAsync());
        Assert.Equal(client.Offset, (await Database.StreamRangeAsync(StreamKey)).Last().Id);
    }

    [Fact]
    public async Task TheLogIsBoundedAndEnds()
    {
        var server = await StartAsync(10);
        for (int i = 0; i < 500; i++) await server.Io.EmitAsync("e", i);
        Assert.InRange(await Database.StreamLengthAsync(StreamKey), 10, 250);
        // As long as a session, and as the loss of its connection goes unnoticed.
        Assert.InRange((await Database.KeyTimeToLiveAsync(StreamKey))!.Value.TotalSeconds, 120 + 45 - 30, 120 + 45);
    }

    [Fact]
    public async Task WithoutRecoveryNothingIsLogged()
    {
        var server = await StartAsync(configure: static options => options.ConnectionStateRecovery = null);
        await server.Io.EmitAsync("e");
        Assert.False(await Database.KeyExistsAsync(StreamKey));
        Assert.Contains(server.Log.Entries, static entry => entry.Message.Contains("no ConnectionStateRecovery", StringComparison.Ordinal));
    }

    [Fact, Trait("Spec", "SRV-CSR-03")]
    public async Task ClientsThatMoveInTheMidstOfBroadcastsGetAllOnceAndInOrder()
    {
        const int Moves = 8;
        var (a, b) = (await StartAsync(1_000_000), await StartAsync(1_000_000));
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        string first = client.Offset!;
        bool isOver = false;
        Task[] emitting = [EmitAsync(a, () => Volatile.Read(ref isOver)), EmitAsync(b, () => Volatile.Read(ref isOver))];
        var received = new List<string>();
        for (int move = 0; move < Moves; move++)
        {
            for (int i = 0; i < 20; i++) await NextAsync();
            await CutAsync(client);
            await client.ConnectAsync(move % 2 == 0 ? b : a);
            Assert.True(client.Recovered, client.Socket.Recovery.ToString());
            received.AddRange(client.Missed.Select(OffsetOf));
        }

        Volatile.Write(ref isOver, true);
        await Task.WhenAll(emitting);
        await a.Io.EmitAsync("end");
        while (!(await NextAsync()).Contains("\"end\"", StringComparison.Ordinal))
        {
            // What came before.
        }

        var log = await Database.StreamRangeAsync(StreamKey, $"({first}", "+");
        Assert.Equal(log.Select(static entry => (string)entry.Id!), received);

        async Task<string> NextAsync()
        {
            string packet = await client.ReceiveAsync();
            received.Add(OffsetOf(packet));
            return packet;
        }

        static string OffsetOf(string packet) => packet.Split('"')[^2];

        static async Task EmitAsync(RecoveryServer server, Func<bool> isOver)
        {
            for (int i = 0; !isOver(); i++)
            {
                await server.Io.EmitAsync("tick", i);
                if (i % 3 == 0) await Task.Delay(1);
            }
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task ALogThatEndedInItsTimeHadNothingToMiss(bool isBegunAnew)
    {
        // Of 2001.
        await Database.StreamAddAsync(StreamKey, "m", LoggedWire.ToHead(Event("/", "old")), messageId: "1000000000000-0");
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await Database.KeyDeleteAsync(StreamKey);
        await CutAsync(client);
        if (isBegunAnew) await b.Io.EmitAsync("missed");
        await client.ConnectAsync(b);
        Assert.True(client.Recovered, client.Socket.Recovery.ToString());
        Assert.Equal(isBegunAnew ? [$"42[\"missed\",\"{client.Offset}\"]"] : [], client.Missed);
    }

    [Fact]
    public async Task WithALogThatWasTakenAwayASessionBeginsAnew()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        await b.Io.EmitAsync("lost");
        await Database.KeyDeleteAsync(StreamKey);
        await b.Io.EmitAsync("kept");
        await client.ConnectAsync(b);
        Assert.Equal(RecoveryOutcome.OffsetExpired, client.Socket.Recovery);
        Assert.Empty(client.Missed);
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public async Task WhatIsNoEventInTheLogIsLeftOut()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        await CutAsync(client);
        byte[] whole = LoggedWire.ToHead(Event("/", "kept"));
        byte[][] poison = [[], [0], "{"u8.ToArray(), [0x94], [0x85], "nonsense"u8.ToArray(), whole[..^1], LoggedWire.ToHead(Event("/other", "never")), Event("/", "never"), new byte[100_000]];
        foreach (byte[] message in poison) await Database.StreamAddAsync(StreamKey, "m", message);
        await Database.StreamAddAsync(StreamKey, "x", whole);
        await Database.StreamAddAsync(StreamKey, "m", whole);
        await client.ConnectAsync(b);
        Assert.True(client.Recovered, client.Socket.Recovery.ToString());
        Assert.Equal($"42[\"kept\",\"{client.Offset}\"]", Assert.Single(client.Missed));
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public async Task WhatIsNoSessionIsANewOne()
    {
        var server = await StartAsync();
        await using var client = await new MovingClient().ConnectAsync(server);
        foreach (string text in (string[])["nonsense", "{}", "{\"sid\":{},\"pid\":[],\"rooms\":1}", "gA=="])
        {
            await client.SyncAsync();
            await CutAsync(client);
            await Database.StringSetAsync(SessionPrefix + client.Pid, text);
            await client.ConnectAsync(server);
            Assert.Equal(RecoveryOutcome.SessionUnknown, client.Socket.Recovery);
        }

        await client.SyncAsync();
        await CutAsync(client);
        await Database.KeyDeleteAsync(SessionPrefix + client.Pid);
        await Database.ListRightPushAsync(SessionPrefix + client.Pid, "nonsense");
        await client.ConnectAsync(server);
        Assert.False(client.Recovered);
        await client.SyncAsync();
    }

    [Fact, Trait("Spec", "SEC-CLU-01")]
    public async Task AForgedOffsetOnTheChannelLosesNothingUnnoticed()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var client = await new MovingClient().ConnectAsync(a);
        await client.SyncAsync();
        string last = client.Offset!;
        byte[] forged = LoggedWire.ToMessage(LoggedWire.ToHead(Event("/", "forged")), "9999999999999-0");
        await Database.ExecuteAsync(Channel.IsSharded ? "SPUBLISH" : "PUBLISH", [(RedisKey)(byte[])Channel!, forged]);
        Assert.Equal("42[\"forged\",\"9999999999999-0\"]", await client.ReceiveAsync());
        await CutAsync(client);
        await b.Io.EmitAsync("missed");
        client.Offset = last;
        await client.ConnectAsync(b);
        // Where it ended is not known.
        Assert.True(client.Recovered ? client.Missed.Count == 1 : client.Socket.Recovery == RecoveryOutcome.OffsetExpired);
        await client.SyncAsync();
        await CutAsync(client);
        await a.Io.EmitAsync("missed");
        await client.ConnectAsync(a);
        Assert.True(client.Recovered, client.Socket.Recovery.ToString());
        Assert.StartsWith("42[\"missed\",", Assert.Single(client.Missed));
    }

    [Fact, Trait("Spec", "SRV-CLU-04")]
    public async Task WhatRedisDoesNotLogIsSentAllTheSame()
    {
        var (a, b) = (await StartAsync(), await StartAsync());
        await using var near = await new MovingClient().ConnectAsync(a);
        await using var far = await new MovingClient().ConnectAsync(b);
        await Database.KeyDeleteAsync(StreamKey);
        await Database.StringSetAsync(StreamKey, "no log");
        for (int i = 0; i < 3; i++)
        {
            await a.Io.EmitAsync("e", i);
            Assert.Equal($"42[\"e\",{i}]", await near.ReceiveAsync());
            Assert.Equal($"42[\"e\",{i}]", await far.ReceiveAsync());
        }

        Assert.Contains(a.Log.Errors, static entry => entry.Message.Contains("did not log an event", StringComparison.Ordinal));
        await Database.KeyDeleteAsync(StreamKey);
        await a.Io.EmitAsync("logged");
        string text = await near.ReceiveAsync();
        Assert.Equal($"42[\"logged\",\"{near.Offset}\"]", text);
        await far.ReceiveAsync();
        Assert.Equal(near.Offset, far.Offset);
    }

    /// <summary>The channel of the main namespace.</summary>
    protected abstract RedisChannel Channel { get; }

    /// <summary>An event of another server for all, as it stands on the channel.</summary>
    protected abstract byte[] Event(string ns, string name);
}
