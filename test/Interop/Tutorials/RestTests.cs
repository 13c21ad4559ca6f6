using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using SocketIO;
using SocketIO.AspNetCore;
using TestKit;

namespace Interop.Tests.Tutorials;

/// <summary>An endpoint that speaks to the clients of the server that it is given, as in https://socket.io/docs/v4/server-application-structure/.</summary>
[Trait("Spec", "SRV-SCN-19")]
public sealed class RestTests
{
    [Fact]
    public async Task OnTheWire()
    {
        await using var server = await StartAsync();
        await using var ada = await WireClient.ConnectAsync(server);
        await using var bob = await WireClient.ConnectAsync(server);
        await ada.SendAsync("420[\"subscribe\",\"news\"]");
        await ada.ExpectAsync("430[]");
        using var http = new HttpClient { BaseAddress = server.BaseAddress };
        using var posted = await http.PostAsJsonAsync("/topics/news", new Post("Kaffee & Kuchen"), TestContext.Current.CancellationToken);
        Assert.True(posted.IsSuccessStatusCode);
        await ada.ExpectAsync("42[\"post\",\"news\",\"Kaffee & Kuchen\"]", "42[\"posts\",1]");
        await bob.ExpectAsync("42[\"posts\",1]");
    }

    [Fact]
    public async Task WithTheOfficialClient()
    {
        await using var server = await StartAsync();
        await Tutorial.RunAsync(server, "rest");
    }

    private static Task<WebServer> StartAsync() => Tutorial.StartAsync(
        io => io.OnConnection(socket => socket.On<string, Ack>("subscribe", async (topic, ack) =>
        {
            await socket.JoinAsync(topic);
            await ack.SendAsync();
        })),
        map: app =>
        {
            var posts = 0;
            app.MapPost("/topics/{topic}", async (string topic, Post post, SocketIOServer io) =>
            {
                await io.To(topic).EmitAsync("post", topic, post.Text);
                await io.EmitAsync("posts", Interlocked.Increment(ref posts));
                return Results.Accepted();
            });
        });

    private sealed record Post(string Text);
}
