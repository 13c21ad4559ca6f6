using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using TestKit;

namespace EngineIO.AspNetCore.Tests;

/// <summary>A GET that was verified while its session was there, and reaches it when it is gone.</summary>
public sealed class LatePollTests
{
    [Fact]
    [Trait("Spec", "EIO-CLOSE-05")]
    public async Task Poll_that_finds_its_session_closed_is_answered()
    {
        EngineSession? session = null;
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app => app.MapEngineIO().OnConnection(opened => session = opened));
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress);
        session!.Close(discard: true);

        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString($"?EIO=4&transport=polling&sid={session.Id}") } };
        context.Response.Body = body;
        await session.HandleAsync(new EngineRequest(context)).WithDeadline("the late poll to be answered");

        Assert.Equal("1", Encoding.UTF8.GetString(body.ToArray()));
    }
}
