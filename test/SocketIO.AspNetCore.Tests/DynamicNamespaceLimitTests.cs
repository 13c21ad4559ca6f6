using System.Text.RegularExpressions;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests;

[Trait("Spec", "SEC-SIO-06")]
public sealed class DynamicNamespaceLimitTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task ACostlyPatternCostsOneNameALittle(bool ownLimit)
    {
        ParentNamespace next = null!;
        await using var server = await TestServer.StartAsync(io =>
        {
            io.Of(ownLimit ? new Regex("^/(a+)+$", RegexOptions.None, TimeSpan.FromMilliseconds(50)) : new Regex("^/(a+)+$"));
            next = io.Of(new Regex("!$"));
        });
        string hostile = "/" + new string('a', 500) + "!";
        await using var client = await server.OpenAsync();
        await client.SendAsync($"40{hostile}?,");
        await client.ExpectAsync($"44{hostile}?,{{\"message\":\"Invalid namespace\"}}");
        Assert.Contains(server.Log.Entries, entry => entry.Category == "socket.io:parent-namespace" && entry.Message.StartsWith("The pattern ^/(a+)+$ took too long for a name of 503", StringComparison.Ordinal));
        Assert.DoesNotContain(server.Log.Entries, entry => entry.Message.Contains("aaaa", StringComparison.Ordinal));

        // The parents after it are asked all the same, and the application may still make what it likes.
        await client.JoinAsync(hostile);
        Assert.Same(client.Socket.Namespace, Assert.Single(next.Children));
        server.Io.Of(hostile + "?");
    }

    [Fact]
    public async Task NamesThatAreTooLongAreNotAskedAbout()
    {
        var asked = new Trace();
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.Of((name, _) =>
                {
                    asked.Add(name);
                    return true;
                });
                io.Of("/a-static-name");
            },
            options => options.MaxNamespaceLength = 8);
        await using var client = await server.OpenAsync();
        await client.SendAsync("40/12345678,");
        await client.ExpectAsync("44/12345678,{\"message\":\"Invalid namespace\"}");
        Assert.Empty(asked.Lines);
        await client.JoinAsync("/1234567");
        await client.JoinAsync("/a-static-name");
        Assert.Equal(["/1234567"], asked.Lines);
    }

    [Fact]
    public async Task ClientsMakeSoManyChildrenAndNoMore()
    {
        await using var server = await TestServer.StartAsync(
            io => io.Of((_, _) => true),
            options =>
            {
                options.MaxChildNamespaces = 2;
                options.CleanupEmptyChildNamespaces = true;
            });
        await using var client = await server.ConnectAsync("/1");
        await client.JoinAsync("/2");
        await client.SendAsync("40/3,");
        await client.ExpectAsync("44/3,{\"message\":\"Invalid namespace\"}");
        await using var other = await server.ConnectAsync("/2");
        await client.SendAsync("41/1,");
        await Deadline.UntilAsync(() => !server.Io.Namespaces.ContainsKey("/1"), "the removal");
        await client.JoinAsync("/3");
    }

    [Fact]
    public async Task AClientThatHasGoneMakesNothing()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = await TestServer.StartAsync(
            io => io.Of(async (_, _) =>
            {
                asked.SetResult();
                await release.Task;
                return true;
            }),
            debug: true);
        var client = await server.OpenAsync();
        await client.SendAsync("40/dynamic-1,");
        await asked.Task.WithDeadline("the question");
        await client.DisposeAsync();
        await Deadline.UntilAsync(() => server.Io.Engine.ClientsCount == 0, "the end of the session");
        release.SetResult();
        await Deadline.UntilAsync(() => server.Debug!.Of("socket.io:client").Contains("creation of namespace /dynamic-1 was denied"), "the denial");
        Assert.Equal(["/"], server.Io.Namespaces.Keys);
    }

    [Fact, Trait("Spec", "SRV-NSP-05")]
    public async Task AnAdapterThatCannotBeMadeRefusesTheClientAndTheNextOneTriesAgain()
    {
        var errors = new Trace();
        bool fails = true;
        await using var server = await TestServer.StartAsync(
            io =>
            {
                io.HandlerError += error => errors.Add($"{error.Source} {error.Exception.Message}");
                io.Of((_, _) => true);
            },
            options => options.Adapter = ns => fails && ns.Name != "/" ? throw new InvalidOperationException("no adapter") : new InMemoryAdapter(ns));
        await using var client = await server.OpenAsync();
        await client.SendAsync("40/dynamic-1,");
        await client.ExpectAsync("44/dynamic-1,{\"message\":\"Invalid namespace\"}");
        Assert.Equal(["DynamicNamespace no adapter"], errors.Lines);
        Assert.Throws<InvalidOperationException>(() => server.Io.Of("/static"));
        fails = false;
        await client.JoinAsync("/dynamic-1");
        await client.JoinAsync("/static");
    }
}
