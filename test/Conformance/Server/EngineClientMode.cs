using System.Text.Json;
using EngineIO;
using EngineIO.AspNetCore;

namespace Conformance.Server;

/// <summary>Mode <c>eio</c>: what the JavaScript engine client's own tests talk to.</summary>
internal static class EngineClientMode
{
    public static WebApplication Build(WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddEngineIO(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(500);
            options.PingTimeout = TimeSpan.FromMilliseconds(20000);
            options.MaxHttpBufferSize = 100;
            options.AllowRequest = context =>
                ValueTask.FromResult(context.Request.Query.ContainsKey("deny") ? AllowRequestResult.Deny() : AllowRequestResult.Allow);
        });
        var app = builder.Build();
        var current = app.Services.GetRequiredService<IHttpContextAccessor>();
        var time = app.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var engine = app.MapEngineIO();
        engine.InitialHeaders += (headers, _) =>
        {
            headers.Append("Set-Cookie", "1=1; Max-Age=86400");
            headers.Append("Set-Cookie", "2=2; Path=/; HttpOnly; Secure; SameSite=Strict");
            headers.Append("Set-Cookie", "3=3; Max-Age=0");
            headers.Append("Set-Cookie", $"4=4; Expires={time.GetUtcNow():r}");
        };
        engine.OnConnection(session =>
        {
            session.Handler = new Handler(session, current);
            session.Post(EngineFrame.Message("hi"));
        });
        return app;
    }

    private sealed class Handler(EngineSession session, IHttpContextAccessor current) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message) => session.SendAsync(Answer(message));

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }

        private EngineFrame Answer(EngineMessage message)
        {
            if (message.IsBinary)
                return EngineFrame.Message(message);
            return message.ToString() switch
            {
                "give binary" => EngineFrame.Binary(new byte[] { 0, 1, 2, 3, 4 }),
                "give utf8" => EngineFrame.Message("пойду спать всем спокойной ночи"),
                "sendHeaders" => EngineFrame.Message(JsonSerializer.Serialize(HeadersOfThisPost())),
                _ => EngineFrame.Message(message),
            };
        }

        // A message is handled within the request that carried it.
        private Dictionary<string, string> HeadersOfThisPost() =>
            current.HttpContext!.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString());
    }
}
