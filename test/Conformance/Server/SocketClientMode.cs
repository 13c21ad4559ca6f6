using System.Text.Json;
using EngineIO.AspNetCore;
using SocketIO;
using SocketIO.AspNetCore;

namespace Conformance.Server;

/// <summary>Mode <c>sio</c>: what the JavaScript client's own tests talk to.</summary>
internal static class SocketClientMode
{
    private static readonly byte[] Doge = "asdfasdf"u8.ToArray();
    private static readonly string[] Utf8 = ["てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string"];

    public static WebApplication Build(WebApplicationBuilder builder, bool allowEIO3)
    {
        builder.Services.AddSocketIO(options =>
        {
            options.PingInterval = TimeSpan.FromMilliseconds(2000);
            options.AllowEIO3 = allowEIO3;
            options.ConnectionStateRecovery = new();
            options.AllowRequest = async _ =>
            {
                await Task.Delay(10);
                return AllowRequestResult.Allow;
            };
        });
        var app = builder.Build();
        var time = app.Services.GetService<TimeProvider>() ?? TimeProvider.System;
        var io = app.MapSocketIO();
        foreach (string name in (string[])["/timeout_socket", "/valid", "/asd"])
            io.Of(name);
        io.Of("/foo").OnConnection(AnswerId);
        io.Of("/abc").OnConnection(socket => socket.EmitAsync("handshake", HandshakeView.Of(socket.Handshake)));
        io.Of("/no").Use((_, _) => throw new ConnectionRefusedException("Auth failed (custom namespace)"));
        io.Use((socket, next) => socket.Handshake.Query.GetValueOrDefault("fail") is { Length: > 0 }
            ? throw new ConnectionRefusedException("Auth failed (main namespace)")
            : next());
        io.OnConnection(socket =>
        {
            AnswerId(socket);
            AnswerText(socket, time);
            AnswerBinary(socket);
        });
        return app;
    }

    private static void AnswerId(ServerSocket socket) => socket.On<Ack>("getId", ack => ack.SendAsync(socket.Id));

    private static void AnswerText(ServerSocket socket, TimeProvider time)
    {
        string Now() => time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", System.Globalization.CultureInfo.InvariantCulture);

        socket.On("hi", () => socket.EmitAsync("hi"));
        socket.On<EventArguments, Ack>("echo", (arguments, ack) => ack.SendAsync(arguments.ToArray().FirstOrDefault()));
        // Not awaited: whoever never answers must not hold up the events behind.
        socket.On("ack", () => { _ = AskAsync(socket); });
        socket.On<JsonElement, Ack>("getAckDate", (_, ack) => ack.SendAsync(Now()));
        socket.On("getDate", () => socket.EmitAsync("takeDate", Now()));
        socket.On("getDateObj", () => socket.EmitAsync("takeDateObj", new Dictionary<string, string> { ["date"] = Now() }));
        socket.On("getUtf8", async () =>
        {
            foreach (string text in Utf8)
                await socket.EmitAsync("takeUtf8", text);
        });
        socket.On("false", () => socket.EmitAsync("false", false));
        socket.On<Ack>("getHandshake", ack => ack.SendAsync(HandshakeView.Of(socket.Handshake)));
    }

    private static void AnswerBinary(ServerSocket socket)
    {
        socket.On("doge", () => socket.EmitAsync("doge", Doge));
        socket.On("getbin", () => socket.EmitAsync("takebin", Doge));
        socket.On<EventArguments>("buffa", a => IsBinary(a) ? socket.EmitAsync("buffack") : default);
        socket.On<EventArguments>("blob", a => IsBinary(a) ? socket.EmitAsync("back") : default);
        socket.On<EventArguments>("jsonbuff", o => IsMixed(o) ? socket.EmitAsync("jsonbuff-ack") : default);
        socket.On<EventArguments>("jsonblob", o => IsMixed(o) ? socket.EmitAsync("jsonblob-ack") : default);

        bool first = false;
        socket.On<EventArguments>("abuff1", a => { first = IsBinary(a); });
        socket.On("abuff2", () => first ? socket.EmitAsync("abuff2-ack") : default);

        bool blob1 = false, blob2 = false;
        socket.On<EventArguments>("blob1", a => { blob1 = IsBinary(a); });
        socket.On<EventArguments>("blob2", a => { blob2 = blob1 && a.Get<JsonElement>(0) is { ValueKind: JsonValueKind.String } text && text.ValueEquals("second"); });
        socket.On<EventArguments>("blob3", a => blob1 && blob2 && IsBinary(a) ? socket.EmitAsync("blob3-ack") : default);
    }

    private static async Task AskAsync(ServerSocket socket)
    {
        try
        {
            var answer = await socket.EmitArgumentsWithAckAsync("ack", []);
            if (answer.Count >= 2
                && answer.Get<JsonElement>(0) is { ValueKind: JsonValueKind.Number } number && number.GetDouble() == 5
                && answer.Get<JsonElement>(1) is { ValueKind: JsonValueKind.Object } test && test.TryGetProperty("test", out var value) && IsTruthy(value))
                await socket.EmitAsync("got it");
        }
        catch (SocketDisconnectedException)
        {
            // The client left without an answer.
        }
    }

    /// <summary>Whether the first argument is binary itself, and not base64 text.</summary>
    private static bool IsBinary(EventArguments arguments) => arguments.Payload.HasAttachments && arguments.Get<byte[]>(0) is not null;

    private static bool IsMixed(EventArguments arguments) =>
        arguments.Payload.HasAttachments
        && arguments.Get<Dictionary<string, JsonElement>>(0) is { } o
        && o.GetValueOrDefault("hello") is { ValueKind: JsonValueKind.String } hello && hello.ValueEquals("lol")
        && o.GetValueOrDefault("goodbye") is { ValueKind: JsonValueKind.String } goodbye && goodbye.ValueEquals("gotcha");

    private static bool IsTruthy(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.True or JsonValueKind.Object or JsonValueKind.Array => true,
        JsonValueKind.Number => value.GetDouble() != 0,
        JsonValueKind.String => value.GetString() is not "",
        _ => false,
    };
}
