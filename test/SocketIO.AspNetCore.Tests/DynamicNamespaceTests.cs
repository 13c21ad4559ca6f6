using System.Text.RegularExpressions;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

public sealed class DynamicNamespaceTests
{
    private static readonly Regex Dynamic = new(@"^/dynamic-\d+$", RegexOptions.NonBacktracking);

    [Fact, Trait("Spec", "SRV-DYN-01"), Trait("Spec", "SRV-DYN-07"), Trait("Spec", "SRV-SRV-09"), Trait("Spec", "SRV-API-04"), Trait("Spec", "SRV-API-24")]
    [Trait("Spec", "SRV-BC-20"), Trait("Behaviour", "socket.io/test/namespaces.ts:498"), Trait("Behaviour", "socket.io/test/namespaces.ts:528")]
    public async Task APatternMakesChildrenThatItsBroadcastsReach()
    {
        var trace = new Trace();
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            parent = io.Of(Dynamic, socket => trace.Add($"first handler {socket.Namespace.Name}"));
            parent.Use((socket, next) =>
            {
                trace.Add($"middleware {socket.Namespace.Name}");
                return next();
            });
            parent.OnConnection(async socket =>
            {
                await socket.JoinAsync("room");
                await socket.EmitAsync("hello");
            });
            parent.OnRequest<string, string>("echo", text => text);
        });
        await using var first = await server.ConnectAsync("/dynamic-101");
        await using var second = await server.ConnectAsync("/dynamic-102");
        await using var outside = await server.ConnectAsync();
        await first.ExpectAsync("42/dynamic-101,[\"hello\"]");
        await second.ExpectAsync("42/dynamic-102,[\"hello\"]");
        Assert.Equal(
            ["first handler /dynamic-101", "first handler /dynamic-102", "middleware /dynamic-101", "middleware /dynamic-102"],
            trace.Lines.Order(StringComparer.Ordinal));
        Assert.Equal(["/dynamic-101", "/dynamic-102"], parent.Children.Select(child => child.Name).Order(StringComparer.Ordinal));
        Assert.Same(server.Io.Of("/dynamic-101"), first.Socket.Namespace);
        Assert.Empty(parent.Sockets);

        await first.SendAsync("42/dynamic-101,7[\"echo\",\"x\"]");
        await first.ExpectAsync("43/dynamic-101,7[\"x\"]");

        await parent.EmitAsync("all", 1);
        await parent.SendAsync("text");
        await parent.To("room").EmitAsync("room");
        await parent.In(["room"]).Except(first.Id).EmitAsync("second");
        await parent.Except(second.Id).Volatile.EmitAsync("first");
        await parent.Local.Compress(false).To("nobody").EmitAsync("nobody");
        await first.ExpectAsync(
            "42/dynamic-101,[\"all\",1]", "42/dynamic-101,[\"message\",\"text\"]", "42/dynamic-101,[\"room\"]", "42/dynamic-101,[\"first\"]");
        await second.ExpectAsync(
            "42/dynamic-102,[\"all\",1]", "42/dynamic-102,[\"message\",\"text\"]", "42/dynamic-102,[\"room\"]", "42/dynamic-102,[\"second\"]");
        Assert.Empty(await outside.DrainAsync());
    }

    [Fact, Trait("Spec", "SRV-DYN-07")]
    public async Task BulkOperationsOfAParentReachAllChildrenAndFetchingIsAnError()
    {
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(io => parent = io.Of(Dynamic));
        await using var first = await server.ConnectAsync("/dynamic-1");
        await using var second = await server.ConnectAsync("/dynamic-2");
        await parent.SocketsJoinAsync("a");
        await parent.Except(first.Id).SocketsLeaveAsync(["a"]);
        Assert.Equal([first.Id, "a"], first.Socket.Rooms);
        Assert.Equal([second.Id], second.Socket.Rooms);
        Assert.Equal(2, (await parent.AllSocketsAsync()).Count);
        Assert.Equal([first.Id], await parent.In("a").AllSocketsAsync());
        var error = await Assert.ThrowsAsync<NotSupportedException>(async () => await parent.FetchSocketsAsync());
        Assert.Equal("fetchSockets() is not supported on parent namespaces", error.Message);
        await Assert.ThrowsAsync<NotSupportedException>(async () => await parent.To("a").FetchSocketsAsync());
        await Assert.ThrowsAsync<NotSupportedException>(async () => await parent.CountAsync());
        await Assert.ThrowsAsync<NotSupportedException>(async () => await parent.ExistsAsync());
        await Assert.ThrowsAsync<ArgumentException>(async () => await parent.EmitAsync("connect"));
        await parent.DisconnectSocketsAsync();
        await first.ExpectAsync("41/dynamic-1,");
        await second.ExpectAsync("41/dynamic-2,");
    }

    [Fact, Trait("Spec", "SRV-DYN-07"), Trait("Spec", "SRV-BC-12"), Trait("Spec", "SRV-BC-14")]
    public async Task AParentAwaitsTheAnswersOfAllChildren()
    {
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(io => parent = io.Of(Dynamic));
        var limited = parent.Timeout(TimeSpan.FromSeconds(5));
        Assert.Empty(await limited.EmitWithAckAsync<int>("nobody").WithDeadline());
        await using var first = await server.ConnectAsync("/dynamic-1");
        await using var second = await server.ConnectAsync("/dynamic-2");
        await using var third = await server.ConnectAsync("/dynamic-2");
        var answers = limited.EmitWithAckAsync<int>("question");
        await first.ExpectAsync("42/dynamic-1,0[\"question\"]");
        await first.SendAsync("43/dynamic-1,0[1]");
        foreach (var client in (TestClient[])[second, third])
        {
            await client.ExpectAsync("42/dynamic-2,0[\"question\"]");
            await client.SendAsync("43/dynamic-2,0[2]");
        }

        Assert.Equal([1, 2, 2], (await answers.WithDeadline()).Order());
    }

    [Fact, Trait("Spec", "SRV-DYN-02"), Trait("Spec", "SRV-DYN-03"), Trait("Behaviour", "socket.io/test/namespaces.ts:559")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:567")]
    public async Task ParentsAreAskedInTurnUntilOneAllows()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.HandlerError += error => trace.Add($"{error.Source} {error.Exception.Message} {error.Namespace!.Name}");
            io.Of((name, handshake) =>
            {
                trace.Add($"1 {name} {handshake.GetAuth<Dictionary<string, string>>()!.GetValueOrDefault("token")}");
                return name == "/dynamic-1" ? throw new InvalidOperationException("fault") : false;
            });
            io.Of(async (name, handshake) =>
            {
                await Task.Yield();
                trace.Add($"2 {name} {handshake.Headers["host"].Split(':')[0]}");
                return handshake.Auth.TryGetProperty("token", out var token) && token.ValueEquals("abc");
            }).OnConnection(_ => trace.Add("connection"));
            io.Of((_, _) =>
            {
                trace.Add("3");
                return Task.FromResult(false);
            });
            io.Of("/static");
        });
        await using var client = await server.ConnectAsync("/dynamic-1", "{\"token\":\"abc\"}");
        await trace.UntilAsync("connection");
        Assert.Equal(["1 /dynamic-1 abc", "DynamicNamespace fault /_0", "2 /dynamic-1 127.0.0.1", "connection"], trace.Lines);
        await client.SendAsync("40/dynamic-2,");
        await client.ExpectAsync("44/dynamic-2,{\"message\":\"Invalid namespace\"}");
        Assert.Equal(["1 /dynamic-2 ", "2 /dynamic-2 127.0.0.1", "3"], trace.Lines.Skip(4));

        // What is there is joined without asking anybody, and the parents themselves are not there.
        await client.JoinAsync("/static");
        await using var again = await server.ConnectAsync("/dynamic-1");
        Assert.Equal(7 + 1, trace.Lines.Count);
        await client.SendAsync("40/_0,");
        await client.ExpectAsync("44/_0,{\"message\":\"Invalid namespace\"}");
    }

    [Fact, Trait("Spec", "SRV-DYN-08")]
    public async Task AParentsNameIsNotForClients()
    {
        ParentNamespace[] parents = [];
        await using var server = await TestServer.StartAsync(io => parents = [io.Of(Dynamic), io.Of((_, _) => false)]);
        Assert.Equal(["/_0", "/_1"], parents.Select(parent => parent.Name));
        Assert.Equal(["/"], server.Io.Namespaces.Keys);
        await using var client = await server.OpenAsync();
        await client.SendAsync("40/_1,");
        await client.ExpectAsync("44/_1,{\"message\":\"Invalid namespace\"}");
        server.Io.Of("/_1");
        await client.JoinAsync("/_1");
    }

    [Fact, Trait("Spec", "SRV-DYN-04"), Trait("Spec", "SRV-DYN-09"), Trait("Behaviour", "socket.io/test/namespaces.ts:762")]
    public async Task WhatTheApplicationMakesItselfIsAChildOnceThePatternIsThere()
    {
        var trace = new Trace();
        ParentNamespace byFunction = null!, parent = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of("/dynamic-1");
            byFunction = io.Of((_, _) => true);
            parent = io.Of(Dynamic);
            parent.Use((socket, next) =>
            {
                trace.Add(socket.Namespace.Name);
                return next();
            });
            io.Of("/dynamic-2");
            io.Of("/other");
        });
        Assert.Equal(["/dynamic-2"], parent.Children.Select(child => child.Name));
        Assert.Empty(byFunction.Children);
        await using var client = await server.ConnectAsync("/dynamic-1");
        await client.JoinAsync("/dynamic-2");
        Assert.Equal(["/dynamic-2"], trace.Lines);
        Assert.Equal(["/dynamic-2"], parent.Children.Select(child => child.Name));
    }

    [Fact, Trait("Spec", "SRV-DYN-05"), Trait("Spec", "SRV-DYN-11")]
    public async Task AChildBeginsWithACopyOfWhatTheParentWasTold()
    {
        var trace = new Trace();
        ParentNamespace parent = null!;
        IDisposable removed = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            parent = io.Of(Dynamic);
            removed = parent.OnConnection(socket => trace.Add($"copied {socket.Namespace.Name}"));
            parent.Once("once", (ServerSocket socket) => trace.Add($"once {socket.Namespace.Name}"));
            parent.OnAny((EventArguments args) => trace.Add($"any {args.Name}"));
            parent.OnAnyOutgoing(args => trace.Add($"out {args.Name}"));
        });
        await using var first = await server.ConnectAsync("/dynamic-1");
        await trace.UntilAsync("copied /dynamic-1");

        removed.Dispose();
        parent.OnConnection(socket => trace.Add($"late {socket.Namespace.Name}"));
        parent.Use((_, _) => throw new ConnectionRefusedException("late"));
        await using var second = await server.ConnectAsync("/dynamic-1");
        await trace.UntilAsync(2);
        Assert.Equal(["copied /dynamic-1", "copied /dynamic-1"], trace.Lines);
        await first.SendAsync("42/dynamic-1,[\"once\"]");
        await first.SendAsync("42/dynamic-1,[\"once\"]");
        await trace.UntilAsync(5);
        await first.Socket.EmitAsync("hi");
        Assert.Equal(["any once", "once /dynamic-1", "any once", "out hi"], trace.Lines.Skip(2));

        await second.SendAsync("40/dynamic-2,");
        await second.ExpectAsync("44/dynamic-2,{\"message\":\"late\"}");
    }

    [Fact, Trait("Spec", "SRV-DYN-06"), Trait("Spec", "SRV-SRV-06"), Trait("Behaviour", "socket.io/test/namespaces.ts:579")]
    [Trait("Behaviour", "socket.io/test/namespaces.ts:591")]
    public async Task ClientsThatAskAtOnceMakeOneChild()
    {
        const int Clients = 32;
        var created = new Trace();
        var asked = 0;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            io.NamespaceCreated += ns => created.Add(ns.Name);
            parent = io.Of(async (_, _) =>
            {
                Interlocked.Increment(ref asked);
                await release.Task;
                return true;
            });
        });
        Assert.Empty(created.Lines);
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => server.OpenAsync()));
        foreach (var client in clients) await client.SendAsync("40/dynamic-1,");
        await Deadline.UntilAsync(() => asked == Clients, "all to ask");
        release.SetResult();
        await Deadline.UntilAsync(() => parent.Children.Count == 1 && parent.Children.First().Sockets.Count == Clients, "all to join");
        Assert.Equal(["/dynamic-1"], created.Lines);
        Assert.Same(parent.Children.First(), server.Io.Of("/dynamic-1"));
        foreach (var client in clients) await client.DisposeAsync();
    }

    [Fact, Trait("Spec", "SRV-SCN-14"), Trait("Spec", "SRV-SRV-06"), Trait("Spec", "SRV-ADM-08")]
    public async Task WhatIsDoneAboutANewNamespaceHoldsForItsFirstClients()
    {
        var trace = new Trace();
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var release = new ManualResetEventSlim();
        await using var server = await TestServer.StartAsync(io =>
        {
            io.NamespaceCreated += ns =>
            {
                Assert.Same(ns, io.Of(ns.Name));
                Assert.Contains(ns.Name, io.Namespaces.Keys);
                if (ns.Name == "/dynamic-1")
                {
                    entered.SetResult();
                    release.Wait(TestContext.Current.CancellationToken);
                }

                ns.Use((socket, next) =>
                {
                    trace.Add(socket.Namespace.Name);
                    return socket.Handshake.Auth.TryGetProperty("token", out _) ? next() : throw new ConnectionRefusedException("unauthorized");
                });
            };
            io.Of("/static");
            io.Of(Dynamic);
        });
        await using var client = await server.OpenAsync();
        await RefusedAsync("/static");
        await client.JoinAsync("/static", "{\"token\":\"a\"}");

        // Of two first clients of a namespace neither slips through while the application is being told of it.
        await client.SendAsync("40/dynamic-1,");
        await entered.Task.WithDeadline("the event");
        await using var second = await server.OpenAsync();
        await second.SendAsync("40/dynamic-1,");
        await Deadline.UntilAsync(() => server.Io.Of("/dynamic-1") is not null, "the namespace");
        release.Set();
        await client.ExpectAsync("44/dynamic-1,{\"message\":\"unauthorized\"}");
        await second.ExpectAsync("44/dynamic-1,{\"message\":\"unauthorized\"}");
        Assert.Equal(["/static", "/static", "/dynamic-1", "/dynamic-1"], trace.Lines);

        async Task RefusedAsync(string ns)
        {
            await client.SendAsync($"40{ns},");
            await client.ExpectAsync($"44{ns},{{\"message\":\"unauthorized\"}}");
        }
    }

    [Fact, Trait("Spec", "SRV-SCN-09"), Trait("Spec", "SRV-DYN-10"), Trait("Spec", "SRV-OPT-07")]
    public async Task Workspaces()
    {
        var created = new Trace();
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.NamespaceCreated += ns => created.Add(ns.Name);
                var workspaces = io.Of(new Regex(@"^/workspace-\d+$"));
                workspaces.Use((socket, next) =>
                {
                    var user = socket.Handshake.GetAuth<Dictionary<string, string>>()!.GetValueOrDefault("token");
                    if (user is null) throw new ConnectionRefusedException("unauthorized");
                    socket.Data["user"] = user;
                    return next();
                });
                workspaces.On<ServerSocket, string>("say", (socket, text) => socket.Namespace.EmitAsync("said", socket.Data["user"], text));
            },
            options => options.CleanupEmptyChildNamespaces = true);
        var ada = await server.ConnectAsync("/workspace-1", "{\"token\":\"ada\"}");
        await using var bob = await server.ConnectAsync("/workspace-1", "{\"token\":\"bob\"}");
        await using var eve = await server.ConnectAsync("/workspace-2", "{\"token\":\"eve\"}");
        await eve.SendAsync("40/workspace-1,");
        await eve.ExpectAsync("44/workspace-1,{\"message\":\"unauthorized\"}");

        await ada.SendAsync("42/workspace-1,[\"say\",\"hi\"]");
        await ada.ExpectAsync("42/workspace-1,[\"said\",\"ada\",\"hi\"]");
        await bob.ExpectAsync("42/workspace-1,[\"said\",\"ada\",\"hi\"]");
        await eve.SendAsync("42/workspace-2,[\"say\",\"alone\"]");
        await eve.ExpectAsync("42/workspace-2,[\"said\",\"eve\",\"alone\"]");

        await ada.DisposeAsync();
        await bob.SendAsync("41/workspace-1,");
        await Deadline.UntilAsync(() => !server.Io.Namespaces.ContainsKey("/workspace-1"), "the removal");
        await bob.JoinAsync("/workspace-1", "{\"token\":\"bob\"}");
        Assert.Equal(["/workspace-1", "/workspace-2", "/workspace-1"], created.Lines);
        Assert.IsType<InMemoryAdapter>(bob.Socket.Namespace.Adapter);
    }

    [Fact, Trait("Spec", "SRV-LOG-06"), Trait("Spec", "SRV-LOG-10")]
    public async Task TellsWhatTheReferencesDebugLinesTell()
    {
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.Of(Dynamic);
                io.Of("/dynamic-2");
            },
            options => options.CleanupEmptyChildNamespaces = true,
            debug: true);
        await using var client = await server.ConnectAsync("/dynamic-1");
        await client.SendAsync("41/dynamic-1,");
        var log = server.Debug!;
        await Deadline.UntilAsync(() => log.Of("socket.io:parent-namespace").Contains("closing child namespace /dynamic-1"), "the last line");
        await client.SendAsync("40/nothing,");
        await client.ReceiveAsync();
        Assert.Equal(
            [
                "initializing namespace /", .. DebugLog.Construction, "initializing parent namespace /_0", @"attaching namespace /dynamic-2 to parent namespace ^/dynamic-\d+$",
                "dynamic namespace /dynamic-2 was created", $"incoming connection with id {client.Raw.Sid}", "dynamic namespace /dynamic-1 was created",
            ],
            log.Of("socket.io:server"));
        Assert.Equal(
            ["creating child namespace /dynamic-2", "creating child namespace /dynamic-1", "closing child namespace /dynamic-1"],
            log.Of("socket.io:parent-namespace"));
        Assert.Contains("creation of namespace /nothing was denied", log.Of("socket.io:client"));
    }
}
