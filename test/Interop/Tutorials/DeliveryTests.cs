using System.Collections.Concurrent;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>The chat with delivery guarantees of https://socket.io/docs/v4/tutorial/step-7 and step-8: the server's messages by an offset, the client's by retries with a key.</summary>
public sealed class DeliveryTests
{
    [Fact]
    [Trait("Spec", "SRV-SCN-10")]
    public async Task MissedMessagesOnTheWire()
    {
        await using var server = await StartAsync(new());
        await using var ada = await WireClient.ConnectAsync(server, auth: "{\"serverOffset\":0}");
        await using (var bob = await WireClient.ConnectAsync(server, auth: "{\"serverOffset\":0}"))
        {
            await SayAsync(ada, "1", "42[\"chat message\",\"1\",1]");
            await bob.ExpectAsync("42[\"chat message\",\"1\",1]");
        }

        await SayAsync(ada, "2", "42[\"chat message\",\"2\",2]");
        await SayAsync(ada, "3", "42[\"chat message\",\"3\",3]");
        await using var bobAgain = await WireClient.ConnectAsync(server, auth: "{\"serverOffset\":1}");
        await bobAgain.ExpectAsync("42[\"chat message\",\"2\",2]", "42[\"chat message\",\"3\",3]");
        await SayAsync(ada, "4", "42[\"chat message\",\"4\",4]");
        await bobAgain.ExpectAsync("42[\"chat message\",\"4\",4]");
    }

    [Fact]
    [Trait("Spec", "SRV-SCN-10")]
    public async Task MissedMessagesWithTheOfficialClient()
    {
        await using var server = await StartAsync(new());
        await Tutorial.RunAsync(server, "server-delivery");
    }

    [Fact]
    [Trait("Spec", "SRV-SCN-11")]
    public async Task RepeatedMessagesOnTheWire()
    {
        var messages = new MessageTable();
        await using var server = await StartAsync(messages);
        await using var bob = await WireClient.ConnectAsync(server);
        await using (var ada = await WireClient.ConnectAsync(server))
        {
            await ada.SendAsync("420[\"chat message\",\"hi\",\"ada-0\"]");
            await bob.ExpectAsync("42[\"chat message\",\"hi\",1]");
        }

        await using var again = await WireClient.ConnectAsync(server, auth: "{\"serverOffset\":1}");
        await again.SendAsync("420[\"chat message\",\"hi\",\"ada-0\"]");
        await again.ExpectAsync("430[]");
        await SayAsync(again, "bye", "42[\"chat message\",\"bye\",2]");
        await bob.ExpectAsync("42[\"chat message\",\"bye\",2]");
        Assert.Equal(["hi", "bye"], messages.After(0).Select(message => message.Text));
    }

    [Fact]
    [Trait("Spec", "SRV-SCN-11")]
    public async Task RepeatedMessagesWithTheOfficialClient()
    {
        // Each message is stored; then the connection ends before its acknowledgement is sent, the first time.
        var messages = new MessageTable();
        var attempts = new ConcurrentQueue<bool>();
        messages.Inserted += attempts.Enqueue;
        await using var server = await StartAsync(messages, io => messages.Inserted += isFirst =>
        {
            if (!isFirst) return;
            foreach (var session in io.Engine.Sessions) session.Close(discard: true);
        });
        await Tutorial.RunAsync(server, "client-delivery");
        Assert.Equal(["one", "two", "three"], messages.After(0).Select(message => message.Text));
        Assert.Equal([true, false, true, false, true, false], attempts);
    }

    private static Task<WebServer> StartAsync(MessageTable messages, Action<SocketIOServer>? sabotage = null) => Tutorial.StartAsync(io =>
    {
        io.OnConnection(async socket =>
        {
            socket.On<string, string, Ack>("chat message", async (text, key, ack) =>
            {
                if (messages.Insert(text, key) is { } id) await io.EmitAsync("chat message", text, id);
                await ack.SendAsync();
            });

            var offset = socket.Handshake.Auth.TryGetProperty("serverOffset", out var value) ? value.GetInt64() : 0;
            foreach (var message in messages.After(offset)) await socket.EmitAsync("chat message", message.Text, message.Id);
        });
        sabotage?.Invoke(io);
    });

    private static async Task SayAsync(WireClient client, string text, string heard)
    {
        await client.SendAsync($"420[\"chat message\",\"{text}\",\"{client.Id}-{text}\"]");
        await client.ExpectAsync(heard, "430[]");
    }
}
