using System.Text;
using EngineIO;
using EngineIO.AspNetCore;
using Fuzz.Inputs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace Fuzz.Engine;

/// <summary>Requests as the web server hands them over: method, query, headers and body, for a new session and for one that exists.</summary>
public sealed class EngineRequestTarget : FuzzTarget
{
    private static readonly byte[][] s_queries = FuzzInput.Utf8(
        "?EIO=4&transport=polling", "?EIO=3&transport=polling&b64=1", "?EIO=4&transport=websocket", "?EIO=4&transport=polling&sid=SID", "?EIO=3&transport=polling&j=0",
        "?EIO=4&transport=polling&t=abc&sid=SID", "?EIO=4&transport=websocket&sid=SID", "?EIO=4&transport=polling&foo=%C3%A9+%20&foo=b");

    private static readonly byte[][] s_tokens = FuzzInput.Utf8(
        "&", "=", "?", "%", "%2", "%00", "%ED%A0%80", "%FF", "+", "#", "&&", "transport=__proto__", "transport=constructor", "&transport=", "&sid=__proto__", "&EIO=4", "&EIO=",
        "sid=SID", "é", "\0", " ", ";", "&a", "&j=1", "&b64", "/../");

    private static readonly string[] s_methods = ["GET", "GET", "GET", "POST", "POST", "OPTIONS", "HEAD", "PUT", "DELETE", "", "get", "CONNECT"];

    private static readonly string?[] s_origins = [null, "http://a", "null", "http://é", "http://\u0100", "\u0001", "*"];

    private readonly EngineOptions _options = new()
    {
        AllowEIO3 = true, MaxHttpBufferSize = 100_000, Cookie = new EngineCookieOptions(), Cors = new EngineCorsOptions { ReflectOrigin = true },
    };

    /// <summary>Method and origin, the query, a body.</summary>
    public override FuzzMessage[] Next(FuzzInput input) =>
    [
        new([(byte)input.Random.Next(s_methods.Length), (byte)input.Random.Next(s_origins.Length), (byte)input.Random.Next(4)]),
        new(input.Mutate(s_queries, s_tokens)),
        new(input.Mutate(EngineCorpus.Payloads, EngineCorpus.Tokens), input.Chance(4)),
    ];

    public override void Check(FuzzMessage[] messages)
    {
        if (messages is not [{ Data: [byte method, byte origin, byte extra] }, var query, var body]) return;
        var time = new FakeTimeProvider();
        using var engine = new EngineServer(_options, NullLoggerFactory.Instance, time);
        engine.OnConnection(session => session.Handler = new EchoHandler(session));
        Assert.True(Handle(engine, "GET", null, "?EIO=4&transport=polling", default, 0).IsCompleted);
        string sid = engine.Sessions.Single().Id;

        var requests = new List<Task>
        {
            Handle(engine, s_methods[method], s_origins[origin], Encoding.UTF8.GetString(query.Data).Replace("SID", sid, StringComparison.Ordinal), body, extra),
            Handle(engine, "POST", null, $"?EIO=4&transport=polling&sid={sid}", body, extra),
        };

        foreach (var session in engine.Sessions) session.Close(discard: true);
        // A close packet waits for the poll that it may have overtaken.
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, engine.ClientsCount);
        // A poll that waited goes on where there is room.
        SpinWait.SpinUntil(() => requests.TrueForAll(request => request.IsCompleted), Deadline.Default);
        foreach (var request in requests) Assert.Equal(TaskStatus.RanToCompletion, request.Status);
    }

    private static Task Handle(EngineServer engine, string method, string? origin, string query, FuzzMessage body, int extra)
    {
        var context = new DefaultHttpContext();
        context.Request.Method = method;
        context.Request.Path = "/engine.io/";
        context.Request.QueryString = new QueryString("?" + query.TrimStart('?'));
        if (origin is not null) context.Request.Headers.Origin = origin;
        if (extra == 1) context.Request.Headers.AcceptEncoding = "gzip;q=0.5, deflate, *;q=";
        if (body.Data is { } data)
        {
            context.Request.Body = new MemoryStream(data);
            if (extra != 2) context.Request.ContentLength = data.Length;
            context.Request.ContentType = body.IsBinary ? "application/octet-stream" : "text/plain;charset=UTF-8";
        }

        return engine.HandleAsync(context);
    }

    private sealed class EchoHandler(EngineSession session) : IEngineSessionHandler
    {
        public ValueTask OnMessageAsync(EngineMessage message) => session.SendAsync(EngineFrame.Message(message));

        public void OnReadCompleted()
        {
        }

        public void OnClosed(string reason, Exception? error)
        {
        }
    }
}
