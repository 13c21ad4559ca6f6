using SocketIO.AspNetCore.Adapters;

namespace SocketIO.AspNetCore.Tests;

public sealed class ServerSideEventsTests
{
    [Fact, Trait("Spec", "SRV-SSE-06"), Trait("Spec", "SRV-ADP-09"), Trait("Spec", "SRV-LOG-15"), Trait("Spec", "SRV-CHEAT-12")]
    public async Task OneServerAloneHasNobodyToSpeakTo()
    {
        await using var server = await TestServer.StartAsync();
        var heard = new Trace();
        server.Io.ServerSide.On("hello", () => heard.Add("hello"));
        await server.Io.ServerSideEmitAsync("hello", 1);
        Assert.Contains(
            server.Log.Entries, entry => entry.Category == "socket.io-adapter" && entry.Message == "this adapter does not support the serverSideEmit() functionality");
        await Assert.ThrowsAsync<NotSupportedException>(() => server.Io.ServerSideEmitWithAckAsync<int>("hello"));
        Assert.Empty(heard.Lines);
    }

    [Theory, Trait("Spec", "SRV-SSE-02")]
    [InlineData("connect")]
    [InlineData("connection")]
    [InlineData("new_namespace")]
    public async Task SomeNamesAreReserved(string name)
    {
        await using var server = await TestServer.StartAsync();
        var error = await Assert.ThrowsAsync<ArgumentException>(() => server.Io.ServerSideEmitAsync(name).AsTask());
        Assert.Equal($"\"{name}\" is a reserved event name", error.Message);
        await Assert.ThrowsAsync<ArgumentException>(() => server.Io.Of("/b").ServerSideEmitWithAckAsync<int>(name));
    }

    [Fact, Trait("Spec", "SRV-SSE-01"), Trait("Spec", "SRV-SSE-07"), Trait("Spec", "SRV-API-12")]
    public async Task HandlersAreTypedAsThoseOfSockets()
    {
        await using var server = await TestServer.StartAsync();
        var trace = new Trace();
        var events = server.Io.Of("/b").ServerSide;
        Assert.Same(server.Io.Sockets.ServerSide, server.Io.ServerSide);
        events.OnAny((EventArguments arguments) => trace.Add($"any {arguments.Name} {arguments.Count}"));
        events.On<int, string, User>("e", (number, text, user) => trace.Add($"{number} {text} {user.Name}"));
        events.Once("e", () => trace.Add("once"));
        events.Receive(server.Io.Serializer.SerializeEvent("e", [1, "two", new User("three")]));
        events.Receive(server.Io.Serializer.SerializeEvent("e", [4, "five", new User("six")]));
        events.Receive(server.Io.Serializer.SerializeEvent("unknown", []));
        Assert.Equal(["any e 3", "1 two three", "once", "any e 3", "4 five six", "any unknown 0"], trace.Lines);
    }

    [Fact, Trait("Spec", "SRV-SSE-05")]
    public async Task AnAnswerHasOneArgumentAndIsGivenOnce()
    {
        await using var server = await TestServer.StartAsync();
        var answers = new List<string>();
        server.Io.ServerSide.On<Ack>("both", async ack =>
        {
            await ack.SendAsync(1, 2);
            await ack.SendAsync(3);
        });
        server.Io.ServerSide.OnRequest<int, int>("double", value => ValueTask.FromResult(value * 2));
        server.Io.ServerSide.On<Ack>("nothing", ack => ack.SendAsync());
        server.Io.ServerSide.On<Ack>("not asked", ack => Assert.False(ack.IsRequested));
        foreach (object?[] request in (object?[][])[["both"], ["double", 21], ["nothing"], ["unanswered"]])
        {
            server.Io.ServerSide.Receive(server.Io.Serializer.SerializeEvent((string)request[0]!, request.AsSpan(1)), answer =>
            {
                answers.Add(answer.ToString());
                return default;
            });
        }

        server.Io.ServerSide.Receive(server.Io.Serializer.SerializeEvent("not asked", []));
        Assert.Equal(["1", "42", ""], answers);
    }

    [Fact, Trait("Spec", "SRV-NET-12"), Trait("Spec", "SEC-APP-01")]
    public async Task WhatAHandlerThrowsIsReported()
    {
        await using var server = await TestServer.StartAsync();
        var errors = new Trace();
        server.Io.HandlerError += error => errors.Add($"{error.Source} {error.EventName} {error.Exception.GetType().Name}");
        server.Io.ServerSide.On("e", () => throw new InvalidOperationException());
        server.Io.ServerSide.On("e", async () =>
        {
            await Task.Yield();
            throw new FormatException();
        });
        server.Io.ServerSide.On<int>("e", _ => { });
        server.Io.ServerSide.Receive(server.Io.Serializer.SerializeEvent("e", ["text"]));
        await errors.UntilAsync(3);
        Assert.Equal(
            ["ServerSideEvent e InvalidOperationException", "ServerSideEvent e FormatException", "ServerSideEvent e EventBindingException"], errors.Lines);
    }

    [Fact, Trait("Spec", "SRV-SSE-03"), Trait("Spec", "SRV-SSE-04")]
    public async Task TheAnswersOfTheAdapterAreTyped()
    {
        await using var server = await TestServer.StartAsync(options: options => options.Adapter = ns => new AnsweringAdapter(ns));
        Assert.Equal([1, 2], await server.Io.ServerSideEmitWithAckAsync<int>("e", 1, "a"));
        Assert.Equal("[\"e\",1,\"a\"]", ((AnsweringAdapter)server.Io.Sockets.Adapter).Sent);
        await server.Io.Of("/b").ServerSideEmitAsync("f", 1, 2, 3, 4, 5, 6);
        Assert.Equal("[\"f\",1,2,3,4,5,6]", ((AnsweringAdapter)server.Io.Of("/b").Adapter).Sent);
    }

    private sealed record User(string Name);

    private sealed class AnsweringAdapter(ServerNamespace ns) : InMemoryAdapter(ns)
    {
        public string Sent { get; private set; } = "";

        public override ValueTask ServerSideEmitAsync(Payload data, CancellationToken cancellationToken = default)
        {
            Sent = data.ToString();
            return default;
        }

        public override ValueTask<IReadOnlyList<Payload>> ServerSideEmitWithAckAsync(Payload data, CancellationToken cancellationToken = default)
        {
            Sent = data.ToString();
            return new([new Payload("1"u8.ToArray()), new Payload("2"u8.ToArray())]);
        }
    }
}
