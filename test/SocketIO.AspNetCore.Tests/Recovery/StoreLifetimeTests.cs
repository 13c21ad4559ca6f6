using System.Text.RegularExpressions;
using SocketIO.AspNetCore.Adapters;
using TestKit;

namespace SocketIO.AspNetCore.Tests.Recovery;

/// <summary>What is stored when its namespace empties, or gets another adapter.</summary>
public sealed partial class StoreLifetimeTests
{
    [Fact, Trait("Spec", "SRV-DYN-10"), Trait("Spec", "SRV-CSR-07"), Trait("Spec", "SRV-CSR-10")]
    public async Task AnEmptyChildIsKeptWhileItHasSessions()
    {
        await using var server = await RecoveryTests.StartAsync(
            io => io.Of(Dynamic()), options: options => options.CleanupEmptyChildNamespaces = true, fakeTime: true);
        var client = await new RecoveryClient(server, "/dynamic-1").ConnectAsync();
        var child = client.Socket.Namespace;
        await client.CutAsync();
        await child.EmitAsync("missed");
        await client.ConnectAsync();
        Assert.True(client.Recovered);
        Assert.StartsWith("42/dynamic-1,[\"missed\",", Assert.Single(client.Missed));
        Assert.Same(child, client.Socket.Namespace);

        await client.CutAsync();
        server.Time.Advance(TimeSpan.FromMinutes(2));
        Assert.True(server.Io.Namespaces.ContainsKey("/dynamic-1"));
        for (int minute = 0; minute < 3; minute++) server.Time.Advance(TimeSpan.FromMinutes(1));
        await Deadline.UntilAsync(() => !server.Io.Namespaces.ContainsKey("/dynamic-1"), "the child to go");
    }

    [Fact, Trait("Spec", "SRV-SRV-03")]
    public async Task AnotherAdapterBeginsWithoutSessionsAndNobodyRecoversWithAGap()
    {
        await using var server = await RecoveryTests.StartAsync();
        var stored = await new RecoveryClient(server).ConnectAsync();
        var whole = await new RecoveryClient(server).ConnectAsync();
        var quiet = await new RecoveryClient(server).ConnectAsync();
        var lossy = await new RecoveryClient(server).ConnectAsync();
        await stored.CutAsync();
        await server.Io.To(whole.Id).EmitAsync("received");
        await whole.ReceiveAsync();
        // On its way when the connection is lost: this client will know no offset.
        await server.Io.To(lossy.Id).EmitAsync("lost");
        server.Io.SetAdapter(static ns => new SessionAwareAdapter(ns));

        foreach (var client in (RecoveryClient[])[whole, quiet, lossy]) await client.CutAsync();
        await server.Io.EmitAsync("missed");
        await stored.ConnectAsync();
        Assert.Equal(RecoveryOutcome.SessionUnknown, stored.Socket.Recovery);
        await lossy.ConnectAsync();
        Assert.Equal(RecoveryOutcome.OffsetExpired, lossy.Socket.Recovery);
        foreach (var client in (RecoveryClient[])[whole, quiet])
        {
            await client.ConnectAsync();
            Assert.True(client.Recovered);
            Assert.StartsWith("42[\"missed\",", Assert.Single(client.Missed));
        }
    }

    [GeneratedRegex(@"^/dynamic-\d+$")]
    private static partial Regex Dynamic();
}
