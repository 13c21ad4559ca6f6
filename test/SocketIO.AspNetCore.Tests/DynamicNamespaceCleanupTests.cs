using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

[Trait("Spec", "SRV-DYN-10"), Trait("Spec", "SRV-OPT-07")]
public sealed class DynamicNamespaceCleanupTests
{
    private static readonly Regex Dynamic = new(@"^/dynamic-\d+$", RegexOptions.NonBacktracking);

    [Fact, Trait("Behaviour", "socket.io/test/namespaces.ts:627"), Trait("Behaviour", "socket.io/test/namespaces.ts:644"), Trait("Spec", "SRV-SRV-06")]
    public async Task TheLastClientTakesTheNamespaceAlongAndTheNextMakesItAnew()
    {
        var trace = new Trace();
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.NamespaceCreated += ns => trace.Add($"created {ns.Name}");
                parent = io.Of(Dynamic);
                parent.OnConnection(_ => trace.Add("connection"));
            },
            options =>
            {
                options.CleanupEmptyChildNamespaces = true;
                options.Adapter = ns => new TracedAdapter(ns, trace);
            });
        await using var client = await server.ConnectAsync("/dynamic-1");
        var before = client.Socket.Namespace;
        await client.SendAsync("41/dynamic-1,");
        await trace.UntilAsync("close /dynamic-1");
        Assert.False(server.Io.Namespaces.ContainsKey("/dynamic-1"));
        Assert.Empty(parent.Children);

        await client.SendAsync("40/dynamic-1,");
        Assert.StartsWith("40/dynamic-1,{", await client.ReceiveAsync());
        await trace.UntilAsync(7);
        Assert.Equal(
            [
                "init /dynamic-1", "created /dynamic-1", "connection", "close /dynamic-1", "init /dynamic-1", "created /dynamic-1", "connection",
            ],
            trace.Lines.Where(line => !line.EndsWith(" /", StringComparison.Ordinal)));
        Assert.NotSame(before, Assert.Single(parent.Children));
    }

    [Fact, Trait("Spec", "SRV-DYN-11"), Trait("Behaviour", "socket.io/test/namespaces.ts:674"), Trait("Behaviour", "socket.io/test/namespaces.ts:692")]
    public async Task WithoutTheOptionChildrenStay()
    {
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            parent = io.Of(Dynamic);
            parent.Use((socket, next) => socket.Namespace.Name == "/dynamic-2" ? throw new ConnectionRefusedException("no") : next());
        });
        await using var client = await server.ConnectAsync("/dynamic-1");
        await client.SendAsync("40/dynamic-2,");
        await client.ExpectAsync("44/dynamic-2,{\"message\":\"no\"}");
        await client.SendAsync("41/dynamic-1,");
        await Deadline.UntilAsync(() => client.Socket.Namespace.Sockets.Count == 0, "the end of the socket");
        Assert.Equal(["/", "/dynamic-1", "/dynamic-2"], server.Io.Namespaces.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(2, parent.Children.Count);
    }

    [Fact, Trait("Behaviour", "socket.io/test/namespaces.ts:479")]
    public async Task StaticNamespacesStay()
    {
        await using var server = await TestServer.StartAsync(io => io.Of("/chat"), options => options.CleanupEmptyChildNamespaces = true);
        await using var client = await server.ConnectAsync("/chat");
        var chat = client.Socket.Namespace;
        await client.SendAsync("41/chat,");
        await Deadline.UntilAsync(() => chat.Sockets.Count == 0, "the end of the socket");
        Assert.Same(chat, server.Io.Of("/chat"));
        await client.JoinAsync();
        await client.SendAsync("41");
        await Deadline.UntilAsync(() => server.Io.Sockets.Sockets.Count == 0, "the end of the socket");
        Assert.Same(server.Io.Sockets, server.Io.Of("/"));
    }

    [Fact, Trait("Behaviour", "socket.io/test/namespaces.ts:712"), Trait("Behaviour", "socket.io/test/namespaces.ts:731")]
    public async Task ARefusedClientTakesItAlongWhereNobodyElseIsThere()
    {
        await using var server = await TestServer.StartAsync(
            io => io.Of(Dynamic).Use((socket, next) =>
                socket.Handshake.Auth.TryGetProperty("token", out _) ? next() : throw new ConnectionRefusedException("no")),
            options => options.CleanupEmptyChildNamespaces = true);
        await using var refused = await server.OpenAsync();
        await RefuseAsync();
        Assert.False(server.Io.Namespaces.ContainsKey("/dynamic-1"));

        await using var client = await server.ConnectAsync("/dynamic-1", "{\"token\":\"a\"}");
        await RefuseAsync();
        Assert.Same(client.Socket.Namespace, server.Io.Namespaces["/dynamic-1"]);
        await client.Socket.Namespace.EmitAsync("still here");
        await client.ExpectAsync("42/dynamic-1,[\"still here\"]");

        async Task RefuseAsync()
        {
            await refused.SendAsync("40/dynamic-1,");
            await refused.ExpectAsync("44/dynamic-1,{\"message\":\"no\"}");
        }
    }

    [Fact]
    public async Task AClientStillWithTheMiddlewaresKeepsIt()
    {
        var waiting = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(
            io => io.Of(Dynamic).Use(async (socket, next) =>
            {
                if (socket.Handshake.Auth.TryGetProperty("slow", out _))
                {
                    waiting.SetResult();
                    await release.Task;
                }

                await next();
            }),
            options => options.CleanupEmptyChildNamespaces = true);
        await using var first = await server.ConnectAsync("/dynamic-1");
        var ns = first.Socket.Namespace;
        await using var slow = await server.OpenAsync();
        await slow.SendAsync("40/dynamic-1,{\"slow\":true}");
        await waiting.Task.WithDeadline("the middleware");
        await first.SendAsync("41/dynamic-1,");
        await Deadline.UntilAsync(() => ns.Sockets.Count == 0, "the end of the first");
        release.SetResult();
        Assert.StartsWith("40/dynamic-1,{", await slow.ReceiveAsync());
        Assert.Same(ns, server.Io.Of("/dynamic-1"));
        await Deadline.UntilAsync(() => ns.Sockets.Count == 1, "the socket");
        await ns.EmitAsync("hello");
        await slow.ExpectAsync("42/dynamic-1,[\"hello\"]");
    }

    [Fact]
    public async Task AClientThatComesWhileTheLastOneLeavesIsNeverLost()
    {
        const int Clients = 4, Rounds = 200;
        var trace = new Trace();
        ParentNamespace parent = null!;
        await using var server = await TestServer.StartAsync(
            io =>
            {
                parent = io.Of(Dynamic);
                parent.OnRequest("where", (ServerSocket socket) => ReferenceEquals(io.Namespaces.GetValueOrDefault("/dynamic-1"), socket.Namespace));
            },
            options =>
            {
                options.CleanupEmptyChildNamespaces = true;
                options.Adapter = ns => new TracedAdapter(ns, trace);
            });
        await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => ComeAndGoAsync(client))));
        await Deadline.UntilAsync(() => server.Io.Namespaces.Count == 1 && parent.Children.Count == 0, "the namespace to go");
        await Deadline.UntilAsync(() => Count("close") == Count("init"), "every adapter to be closed");
        Assert.InRange(Count("init"), 1, Clients * Rounds);
        Assert.Empty(server.Log.Errors);

        int Count(string what) => trace.Lines.Count(line => line == what + " /dynamic-1");

        async Task ComeAndGoAsync(int number)
        {
            await using var client = await server.OpenAsync();
            for (int round = 0; round < Rounds; round++)
            {
                await client.SendAsync("40/dynamic-1,");
                Assert.StartsWith("40/dynamic-1,{", await client.ReceiveAsync());
                // Whoever is in a namespace is in the one that the server knows.
                await client.SendAsync("42/dynamic-1,1[\"where\"]");
                await client.ExpectAsync("43/dynamic-1,1[true]");
                await client.SendAsync("41/dynamic-1,");
            }
        }
    }

    [Fact]
    public async Task ThreadsThatEnterAndLeaveSeeOneNamespaceAtATime()
    {
        await using var server = await TestServer.StartAsync(io => io.Of(Dynamic), options => options.CleanupEmptyChildNamespaces = true);
        await using var client = await server.OpenAsync();
        var connection = new ClientConnection(server.Io, server.Io.Engine.Sessions.Single());
        var namespaces = new ConcurrentDictionary<ServerNamespace, byte>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                var ns = server.Io.Enter("/dynamic-1") ?? (await server.Io.EnterChildAsync("/dynamic-1", connection, default))!;
                namespaces[ns] = 0;
                Assert.False(ns.IsGone);
                Assert.Same(ns, server.Io.Of("/dynamic-1"));
                ns.Leave();
            }
        })));
        Assert.DoesNotContain("/dynamic-1", server.Io.Namespaces.Keys);
        Assert.True(namespaces.Count > 1);
        Assert.All(namespaces.Keys, ns => Assert.True(ns.IsGone));
    }

    [Fact, Trait("Spec", "SRV-CLOSE-01")]
    public async Task AServerThatClosesClosesEachAdapterOnce()
    {
        var trace = new Trace();
        await using var server = await TestServer.StartAsync(
            io => io.Of(Dynamic),
            options =>
            {
                options.CleanupEmptyChildNamespaces = true;
                options.Adapter = ns => new TracedAdapter(ns, trace);
            });
        await using var first = await server.ConnectAsync("/dynamic-1");
        await using var second = await server.ConnectAsync("/dynamic-2");
        await server.Io.CloseAsync(TestContext.Current.CancellationToken);
        Assert.Equal(
            ["close /", "close /dynamic-1", "close /dynamic-2"],
            trace.Lines.Where(line => line.StartsWith("close", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }

    private sealed class TracedAdapter(ServerNamespace ns, Trace trace) : InMemoryAdapter(ns)
    {
        public override ValueTask InitializeAsync()
        {
            trace.Add($"init {Namespace.Name}");
            return default;
        }

        public override async ValueTask CloseAsync()
        {
            await Task.Yield();
            trace.Add($"close {Namespace.Name}");
        }
    }
}
