using SocketIO.AspNetCore.Tests.Recovery;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Security;

/// <summary>Packets that are well formed and come at the wrong moment, for somebody else, or too often.</summary>
public sealed class HostileStateTests
{
    private const string Secret = Neighbourhood.Secret;

    [Theory, Trait("Spec", "SEC-SIO-05")]
    [InlineData("399999999999999999999[1]")]
    [InlineData("318446744073709551616[1]")]
    [InlineData("299999999999999999999[\"" + Secret + "\"]")]
    public async Task AnIdThatNoNumberHoldsIsClosed(string packet)
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync("4" + packet);
        await place.AssertClosedAloneAsync(client);
    }

    [Fact, Trait("Spec", "SEC-SIO-05")]
    public async Task ASecondAcknowledgementAndThatOfAnotherSocketAreIgnored()
    {
        await using var place = await Neighbourhood.StartAsync(io => io.Of("/b"));
        await using var client = await place.Server.ConnectAsync();
        var socket = client.Socket;
        await using var thief = await place.Server.ConnectAsync();
        await client.JoinAsync("/b");
        var answer = socket.EmitWithAckAsync<string>("question");
        string question = await client.ReceiveAsync();
        string id = question[2..question.IndexOf('[', StringComparison.Ordinal)];

        // Of another namespace of the same connection, of another connection, of no question; then the true one, twice.
        await client.SendAsync($"43/b,{id}[\"{Secret}\"]");
        await client.SyncAsync();
        await thief.SendAsync($"43{id}[\"{Secret}\"]");
        await thief.SyncAsync();
        await client.SendAsync($"439007199254740991[\"{Secret}\"]");
        await client.SendAsync($"43{id}[\"first\"]");
        await client.SendAsync($"43{id}[\"{Secret}\"]");

        Assert.Equal("first", await answer.WithDeadline("the acknowledgement"));
        await client.SyncAsync();
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-05")]
    [InlineData("42[\"" + Secret + "\"]")]
    [InlineData("430[\"" + Secret + "\"]")]
    [InlineData("41")]
    [InlineData("44{\"message\":\"" + Secret + "\"}")]
    [InlineData("451-[\"" + Secret + "\",{\"_placeholder\":true,\"num\":0}]", true)]
    public async Task WhatComesBeforeAConnectClosesTheConnection(string packet, bool thenBinary = false)
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.OpenAsync();
        await client.SendAsync(packet);
        if (thenBinary) await client.SendAsync([1]);
        Assert.True((await client.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => place.Server.Io.Engine.ClientsCount == 1, "the connection to go");
        Assert.Empty(place.Events.Lines);
        await place.AssertUnharmedAsync();
    }

    [Fact, Trait("Spec", "SEC-SIO-05")]
    public async Task ASecondConnectClosesTheConnectionAndItAlone()
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.ConnectAsync();
        await client.SendAsync($"40{{\"token\":\"{Secret}\"}}");
        Assert.True((await client.ReceiveEndAsync()).IsEnd);
        await Deadline.UntilAsync(() => place.Server.Io.Engine.ClientsCount == 1, "the connection to go");
        await place.AssertUnharmedAsync();
    }

    [Fact, Trait("Spec", "SEC-SIO-06")]
    public async Task ThousandsOfNamespacesAreCappedAndReclaimed()
    {
        const int Asked = 3000, Allowed = 100;
        await using var place = await Neighbourhood.StartAsync(
            io => io.Of((_, _) => true),
            options =>
            {
                options.MaxNamespacesPerConnection = Allowed;
                options.CleanupEmptyChildNamespaces = true;
            });
        await using var client = await place.Server.OpenAsync();
        for (int i = 0; i < Asked; i++) await client.SendAsync($"40/{i},");
        var answers = new List<string>();
        for (int i = 0; i < Asked; i++) answers.Add(await client.ReceiveAsync());

        Assert.Equal(Allowed, answers.Count(answer => answer.StartsWith("40/", StringComparison.Ordinal)));
        Assert.Equal(Asked - Allowed, answers.Count(answer => answer.EndsWith("{\"message\":\"Too many namespaces\"}", StringComparison.Ordinal)));
        await Deadline.UntilAsync(() => place.Server.Io.Namespaces.Count == Allowed + 1, "no more namespaces than that");
        client.Raw.WebSocket.Reset();
        await Deadline.UntilAsync(() => place.Server.Io.Namespaces.Count == 1, "the empty namespaces to go");
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-06")]
    [InlineData(100_000)]
    [InlineData(900_000)]
    public async Task ALongNameIsNoNamespace(int length)
    {
        await using var place = await Neighbourhood.StartAsync(io => io.Of((_, _) => true));
        await using var client = await place.Server.OpenAsync();
        string name = "/" + new string('n', length);
        await client.SendAsync($"40{name},");
        await client.ExpectAsync($"44{name},{{\"message\":\"Invalid namespace\"}}");
        Assert.Single(place.Server.Io.Namespaces);
        await place.AssertUnharmedAsync();
    }

    [Theory, Trait("Spec", "SEC-SIO-06")]
    [InlineData("40/a")]
    [InlineData("40/__proto__,")]
    [InlineData("40/constructor,")]
    [InlineData("40/\0,")]
    [InlineData("40/../,")]
    [InlineData("40//,")]
    public async Task AnUnknownNamespaceIsRefused(string packet)
    {
        await using var place = await Neighbourhood.StartAsync();
        await using var client = await place.Server.OpenAsync();
        await client.SendAsync(packet);
        Assert.EndsWith("{\"message\":\"Invalid namespace\"}", await client.ReceiveAsync(), StringComparison.Ordinal);
        await place.AssertUnharmedAsync();
    }

    [Fact, Trait("Spec", "SEC-APP-02"), Trait("Spec", "SEC-HS-05")]
    public async Task ASessionIsForOneClientOnceAndItsSecretIsShownToNobodyElse()
    {
        await using var server = await RecoveryTests.StartAsync();
        var owner = await new RecoveryClient(server).ConnectAsync();
        await using var neighbour = await server.ConnectAsync();
        await owner.SyncAsync();
        string pid = owner.Pid!, offset = owner.Offset!;
        var records = await server.Io.FetchSocketsAsync();
        Assert.DoesNotContain(records, record => System.Text.Json.JsonSerializer.Serialize(new { record.Id, record.Rooms, record.Data }).Contains(pid, StringComparison.Ordinal));
        await server.Io.Sockets.EmitAsync("all");
        Assert.DoesNotContain(pid, await neighbour.ReceiveAsync(), StringComparison.Ordinal);
        await owner.CutAsync();

        // Guesses near the true one, then the true one, then that again.
        string[] guesses = [pid[..^1], pid + "A", pid.ToUpperInvariant() + "_", owner.Id, "", "__proto__", new string('A', 100_000)];
        foreach (string guess in guesses)
        {
            await using var guesser = await server.OpenAsync();
            await guesser.SendAsync($"40{{\"pid\":\"{guess}\",\"offset\":\"{offset}\"}}");
            string grant = await guesser.ReceiveAsync();
            Assert.StartsWith("40{\"sid\":", grant, StringComparison.Ordinal);
            Assert.DoesNotContain(owner.Id, grant, StringComparison.Ordinal);
        }

        await owner.ConnectAsync();
        Assert.True(owner.Recovered);
        await owner.CutAsync();
        await owner.ConnectAsync();
        Assert.True(owner.Recovered);
        await owner.Raw.SendAsync("41");
        await Deadline.UntilAsync(() => owner.Socket.Disconnected, "the end of the session");
        await using var replay = await server.OpenAsync();
        await replay.SendAsync($"40{{\"pid\":\"{pid}\",\"offset\":\"{offset}\"}}");
        Assert.DoesNotContain(pid, await replay.ReceiveAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Message.Contains(pid, StringComparison.Ordinal));
    }
}
