using System.Text.RegularExpressions;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>https://socket.io/docs/v4/namespaces/#dynamic-namespaces</summary>
[Trait("Spec", "SRV-SCN-09")]
public sealed class WorkspaceTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var admin = await WireClient.ConnectAsync(server);
        Assert.Equal(
            "44/workspace-7,{\"message\":\"not a member\"}",
            await WireClient.ConnectInVainAsync(server, "/workspace-7", "{\"memberOf\":[\"/workspace-8\"]}"));
        Assert.Equal("44/workspace-x,{\"message\":\"Invalid namespace\"}", await WireClient.ConnectInVainAsync(server, "/workspace-x"));

        await using (var ada = await WireClient.ConnectAsync(server, "/workspace-7", "{\"memberOf\":[\"/workspace-7\"]}"))
        await using (var eve = await WireClient.ConnectAsync(server, "/workspace-8", "{\"memberOf\":[\"/workspace-8\"]}"))
        {
            await admin.SendAsync("420[\"workspaces\"]");
            await admin.ExpectAsync("430[[\"/workspace-7\",\"/workspace-8\"]]");
            await ada.SendAsync("42/workspace-7,[\"post\",\"plans\"]");
            await ada.ExpectAsync("42/workspace-7,[\"post\",\"plans\"]");
            await eve.SendAsync("42/workspace-8,[\"post\",\"other plans\"]");
            await eve.ExpectAsync("42/workspace-8,[\"post\",\"other plans\"]");
            await ada.SendAsync("41/workspace-7,");
            await admin.ExpectAsync("42[\"closed\",\"/workspace-7\"]");
        }

        await admin.ExpectAsync("42[\"closed\",\"/workspace-8\"]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "workspace");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(
        io =>
        {
            var workspaces = io.Of(new Regex(@"^/workspace-\d+$"));
            workspaces.Use((socket, next) =>
            {
                var memberOf = socket.Handshake.GetAuth<Membership>()?.MemberOf ?? [];
                return memberOf.Contains(socket.Namespace.Name) ? next() : throw new ConnectionRefusedException("not a member");
            });
            workspaces.OnConnection(socket =>
            {
                var workspace = socket.Namespace;
                socket.On<string>("post", text => workspace.EmitAsync("post", text));
                socket.OnDisconnected(_ => io.EmitAsync("closed", workspace.Name));
            });
            io.OnConnection(socket => socket.OnRequest("workspaces", () => io.Namespaces.Keys.Where(name => name != "/").Order().ToArray()));
        },
        options =>
        {
            options.CleanupEmptyChildNamespaces = true;
            options.SerializerOptions = System.Text.Json.JsonSerializerOptions.Web;
        });

    private sealed record Membership(string[]? MemberOf);
}
