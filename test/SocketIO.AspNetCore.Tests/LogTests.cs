using Microsoft.Extensions.Logging;

namespace SocketIO.AspNetCore.Tests;

public sealed class LogTests
{
    [Fact, Trait("Spec", "SRV-LOG-06"), Trait("Spec", "SRV-LOG-07"), Trait("Spec", "SRV-LOG-08"), Trait("Spec", "SRV-LOG-09"), Trait("Spec", "SRV-NET-09")]
    public async Task TellsWhatTheReferencesDebugLinesTell()
    {
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.Of("/no").Use((_, _) => throw new ConnectionRefusedException("no"));
                io.OnConnection(async socket =>
                {
                    socket.OnRequest<int, int>("e", number => ValueTask.FromResult(number));
                    await socket.JoinAsync("room");
                    await socket.LeaveAsync("room");
                });
            },
            debug: true);
        await using var client = await server.ConnectAsync();
        await client.SendAsync("421[\"e\",5]");
        await client.ExpectAsync("431[5]");
        var answer = client.Socket.EmitWithAckAsync<int>("q");
        await client.ExpectAsync("420[\"q\"]");
        await client.SendAsync("430[6]");
        await answer;
        await client.SendAsync("40/no,");
        await client.ExpectAsync("44/no,{\"message\":\"no\"}");
        await client.SendAsync("40/unknown,");
        await client.ExpectAsync("44/unknown,{\"message\":\"Invalid namespace\"}");
        await client.SendAsync("41");
        await client.SendAsync("40");
        await client.ReceiveAsync();
        await client.SendAsync("4abc");
        await client.ReceiveEndAsync();

        string id = client.Id;
        var log = server.Debug!;
        await TestKit.Deadline.UntilAsync(() => log.Of("socket.io:socket")[^1] == "closing socket - reason forced close", "the last line");
        Assert.Equal(["initializing namespace /", .. DebugLog.Construction, "initializing namespace /no", $"incoming connection with id {client.Raw.Sid}"], log.Of("socket.io:server"));
        Assert.Equal(
            [
                "connecting to namespace /", "connecting to namespace /no", "creation of namespace /unknown was denied", "connecting to namespace /",
                "invalid packet format", "client close with reason forced close",
            ],
            log.Of("socket.io:client"));
        Assert.Equal(
            ["adding socket to nsp /", "adding socket to nsp /no", "middleware error, sending CONNECT_ERROR packet to the client", "adding socket to nsp /"],
            log.Of("socket.io:namespace"));
        Assert.Equal(
            [
                "socket connected - writing packet", $"join room {id}", "join room room", "leave room room",
                "got packet {\"type\":2,\"nsp\":\"/\",\"id\":1,\"data\":[\"e\",5]}", "emitting event [\"e\",5]", "attaching ack callback to event",
                "dispatching an event [\"e\",5]", "sending ack [5]",
                "emitting packet with ack id 0", "got packet {\"type\":3,\"nsp\":\"/\",\"id\":0,\"data\":[6]}", "calling ack 0 with [6]",
                "got packet {\"type\":1,\"nsp\":\"/\"}", "got disconnect packet", "closing socket - reason client namespace disconnect",
            ],
            log.Of("socket.io:socket").Take(15));
        Assert.Equal(LogLevel.Debug, log.LevelOf("got disconnect packet"));
        Assert.Equal(LogLevel.Trace, log.LevelOf("sending ack [5]"));
    }

    [Fact, Trait("Spec", "SRV-SEC-02")]
    public async Task SessionIdsAreSecretAboveDebug()
    {
        await using var server = await TestServer.StartAsync(
            io => io.OnConnection(socket => socket.On("fail", () => throw new InvalidOperationException("fault"))), options => options.AllowEIO3 = true);
        await using var client = await server.OpenAsync(revision: 3);
        await client.ExpectAsync("40");
        await client.SendAsync("42[\"fail\"]");
        await TestKit.Deadline.UntilAsync(() => server.Log.Errors.Count > 0, "the error");
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Message.Contains(client.Raw.Sid, StringComparison.Ordinal));
    }
}
