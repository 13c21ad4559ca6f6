using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TestKit;

namespace EngineIO.AspNetCore.Tests;

/// <summary>A GET that was verified while its session was there, and reaches it when it is gone: refused, as if it had come a moment later.</summary>
public sealed class LatePollTests
{
    private const string Refusal = """{"code":1,"message":"Session ID unknown"}""";

    [Fact]
    [Trait("Spec", "EIO-CLOSE-05")]
    public async Task Poll_that_finds_its_session_closed_is_refused()
    {
        EngineSession? session = null;
        await using var server = await WebServer.StartAsync(
            builder => builder.Services.AddEngineIO(),
            app => app.MapEngineIO().OnConnection(opened => session = opened));
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress);
        session!.Close(discard: true);

        Assert.Equal((400, Refusal), await PollAsync(session));
    }

    [Fact]
    [Trait("Spec", "EIO-CLOSE-02")]
    public async Task Poll_that_is_repeated_while_its_session_ends_is_refused()
    {
        EngineSession? session = null;
        var repeated = new TaskCompletionSource<(int, string)>();
        // Between the first GET's end and the session's.
        var hook = new LineHook("transport error") { Action = () => repeated.SetResult(PollAsync(session!).GetAwaiter().GetResult()) };
        await using var server = await WebServer.StartAsync(
            builder =>
            {
                builder.Logging.AddProvider(hook).SetMinimumLevel(LogLevel.Debug);
                builder.Services.AddEngineIO();
            },
            app => app.MapEngineIO().OnConnection(opened => session = opened));
        await using var polling = await PollingClient.OpenAsync(server.BaseAddress);
        _ = polling.BeginGetAsync();
        await Deadline.UntilAsync(() => session!.IsWritable, "the poll to wait");

        await polling.ResetGetAsync();

        Assert.Equal((400, Refusal), await repeated.Task.WithDeadline("the repeated poll to be answered"));
        await Deadline.UntilAsync(() => session!.State == EngineSessionState.Closed, "the session to end");
    }

    private static async Task<(int Status, string Body)> PollAsync(EngineSession session)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { Request = { Method = "GET", QueryString = new QueryString($"?EIO=4&transport=polling&sid={session.Id}") } };
        context.Response.Body = body;
        await session.HandleAsync(new EngineRequest(context)).WithDeadline("the late poll to be answered");
        return (context.Response.StatusCode, Encoding.UTF8.GetString(body.ToArray()));
    }
}
