using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>HTTP long-polling as a server sees it.</summary>
public sealed class PollingTests
{
    private static readonly EngineClientOptions s_polling = new() { Transports = ["polling"] };

    [Fact]
    [Trait("Spec", "CLI-POLL-01")]
    [Trait("Spec", "CLI-OPT-40")]
    [Trait("Behaviour", "engine.io-client/test/transport.js:285")]
    public async Task Requests_have_the_headers_of_the_reference()
    {
        await using var server = new ScriptedEngine();
        await using var engine = await EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"], ExtraHeaders = { ["X-Custom"] = "1", ["Authorization"] = "Bearer x" } });
        engine.Enqueue(EngineFrame.Message("é"));
        Assert.Equal("4é", await server.NextPostAsync());

        var requests = await server.Server.RequestsAsync(3);
        Assert.All(requests, request => Assert.Equal(("*/*", "1", "Bearer x"), (request.Header("accept"), request.Header("x-custom"), request.Header("authorization"))));
        var post = Assert.Single(requests, request => request.Method == "POST");
        Assert.Equal("text/plain;charset=UTF-8", post.Header("content-type"));
        Assert.Equal("3", post.Header("content-length"));
        Assert.Null(post.Header("expect"));
        Assert.Null(post.Header("transfer-encoding"));
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-02")]
    [Trait("Spec", "CLI-CLS-04")]
    public async Task One_POST_at_a_time_beside_one_GET()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedEngine();
        server.Intercept = async exchange =>
        {
            if (exchange.Request.Method == "POST" && server.Posted.IsEmpty) await gate.Task;
            return false;
        };
        await using var engine = await EngineClient.ConnectAsync(server.Address, s_polling);
        engine.Enqueue(EngineFrame.Message("1"));
        await server.Server.RequestsAsync(1, request => request.Method == "POST");
        engine.Enqueue(EngineFrame.Message("2"));
        engine.Enqueue(EngineFrame.Message("3"));
        Assert.False(engine.IsWritable);
        Assert.Equal(3, engine.QueuedPackets);
        gate.SetResult();

        Assert.Equal("41", await server.NextPostAsync());
        Assert.Equal("42\u001e43", await server.NextPostAsync());
        await Deadline.UntilAsync(() => engine.QueuedPackets == 0, "everything to be written");
        Assert.Equal(2, server.Server.Requests.Count(request => request.Method == "GET"));
    }

    [Theory]
    [Trait("Spec", "CLI-POLL-03")]
    [Trait("Spec", "CLI-ERR-07")]
    [InlineData(204, "", null, null)]
    [InlineData(400, """{"code":5,"message":"Unsupported protocol version"}""", 5, "Unsupported protocol version")]
    [InlineData(403, """{"code":4,"message":"nope é"}""", 4, "nope é")]
    [InlineData(502, "Bad Gateway", null, null)]
    public async Task Status_that_is_not_200_fails_the_poll(int status, string body, int? code, string? message)
    {
        await using var server = ScriptedServer.Start(exchange => exchange.AnswerAsync(status, body));
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, s_polling));

        Assert.Equal("xhr poll error", error.Message);
        Assert.Equal((EngineClientStage.Handshake, "polling", status, code, message), (error.Stage, error.Transport, error.StatusCode, error.ServerCode, error.ServerMessage));
        Assert.Equal(body, error.ResponseBody);
        Assert.Contains($"status {status}", error.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("&t=", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-DISC-05")]
    public async Task Status_that_is_not_200_fails_the_POST()
    {
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            if (exchange.Request.Method != "POST") return false;
            await exchange.AnswerAsync(413);
            return true;
        } };
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);
        engine.Enqueue(EngineFrame.Message("too much"));

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal("transport error", reason);
        Assert.Equal(("xhr post error", 413, EngineClientStage.Polling, ""), (error!.Message, error.StatusCode, error.Stage, error.ResponseBody));
    }

    [Fact]
    [Trait("Spec", "CLI-ERR-05")]
    public async Task Refused_connection_says_why()
    {
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(Ports.Nowhere(), s_polling));

        Assert.Equal(("xhr poll error", null), (error.Message, error.StatusCode));
        Assert.IsType<HttpRequestException>(error.InnerException);
        Assert.Contains("refused", error.Reason, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    [Trait("Spec", "CLI-EMIT-10")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:79")]
    public async Task Payloads_stay_within_what_the_server_takes()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(more: ""","maxPayload":10""") };
        var recorder = new Recorder
        {
            Opening = engine =>
            {
                // 1 + 1, then 2 + 3 and 2 + 1; "€€" are six bytes.
                engine.Enqueue(EngineFrame.Message("a"), (EngineFrame[])[EngineFrame.Message("bbb"), EngineFrame.Message("c"), EngineFrame.Message("€€"), EngineFrame.Message("much more than ten")]);
            },
        };
        await using var client = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);

        foreach (string payload in (string[])["4a\u001e4bbb\u001e4c", "4€€", "4much more than ten"]) Assert.Equal(payload, await server.NextPostAsync());
    }

    [Fact]
    [Trait("Behaviour", "engine.io-client/test/arraybuffer/polling.js:77")]
    [Trait("Behaviour", "engine.io-client/test/node.js:41")]
    public async Task Payloads_count_what_base64_adds()
    {
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(more: ""","maxPayload":100""") };
        var bytes = EngineFrame.Binary(new byte[72]);
        var recorder = new Recorder { Opening = engine => engine.Enqueue(bytes, (EngineFrame[])[EngineFrame.Binary(new byte[20]), EngineFrame.Binary(new byte[20]), EngineFrame.Binary(new byte[1])]) };
        await using var client = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);

        // ceil(1.33 * 72) = 96 fills the first; 27 + 27 + 2 and separators the second.
        Assert.Single((await server.NextPostAsync()).Split('\u001e'));
        Assert.Equal(3, (await server.NextPostAsync()).Split('\u001e').Length);
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-43")]
    public async Task Request_has_a_time_where_one_is_given()
    {
        await using var server = ScriptedServer.StartMute();
        var error = await Assert.ThrowsAsync<EngineClientException>(() => EngineClient.ConnectAsync(server.Address, new EngineClientOptions { Transports = ["polling"], RequestTimeout = TimeSpan.FromMilliseconds(50) }));

        Assert.Equal("xhr poll error", error.Message);
        Assert.IsType<TimeoutException>(error.InnerException);
        Assert.Contains("RequestTimeout", error.Reason, StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-04")]
    public async Task Long_poll_is_given_the_time_it_takes()
    {
        var time = new FakeTimeProvider();
        await using var server = new ScriptedEngine { Handshake = ScriptedEngine.Open(pingInterval: 600_000) };
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, new() { Transports = ["polling"], TimeProvider = time });
        await server.Server.RequestsAsync(2);
        time.Advance(TimeSpan.FromSeconds(600));
        Assert.Equal(2, server.Server.Requests.Count);
        server.Say("4late");

        Assert.Equal("late", await recorder.NextAsync());
        Assert.Equal(EngineClientState.Open, engine.State);
        await server.Server.RequestsAsync(3);
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-05")]
    public async Task Compressed_answers_are_read()
    {
        await using var server = await EchoServer.StartAsync(options => options.HttpCompression = new() { Threshold = 1 });
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.BaseAddress, recorder, s_polling);
        string text = new('x', 10_000);
        engine.Enqueue(EngineFrame.Message(text));

        Assert.Equal(text, await recorder.NextAsync());
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-07")]
    [Trait("Spec", "CLI-DISC-04")]
    public async Task Close_packet_closes()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);
        server.Say("4last\u001e1\u001e4lost");

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport close", "transport closed by the server"), (reason, error!.Message));
        Assert.Equal("last", await recorder.NextAsync());
        Assert.False(recorder.HasMessage);
        await engine.Completion.WithDeadline("the end");
        Assert.Empty(server.Posted);
    }

    [Fact]
    [Trait("Spec", "CLI-POLL-06")]
    [Trait("Spec", "CLI-CLS-01")]
    [Trait("Spec", "CLI-CLS-02")]
    public async Task Close_writes_what_was_sent_and_then_a_close_packet()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);
        engine.Enqueue(EngineFrame.Message("1"));
        engine.Enqueue(EngineFrame.Message("2"));
        engine.Close();
        engine.Enqueue(EngineFrame.Message("dropped"));

        Assert.Equal("forced close", (await recorder.ClosedAsync()).Reason);
        await engine.Completion.WithDeadline("the end");
        Assert.Equal("41\u001e42\u001e1", string.Join('\u001e', server.Posted));
    }

    [Fact]
    public async Task Close_during_the_handshake_ends_the_session_that_it_made()
    {
        var gate = new TaskCompletionSource();
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            if (!exchange.Request.Query.ContainsKey("sid")) await gate.Task;
            return false;
        } };
        var recorder = new Recorder();
        await using var engine = new EngineClient(server.Address, s_polling) { Handler = recorder };
        engine.Open();
        await server.Server.RequestsAsync(1);
        engine.Close();
        Assert.Equal(("forced close", null), await recorder.ClosedAsync());
        gate.SetResult();

        Assert.Equal("1", await server.NextPostAsync());
        await engine.Completion.WithDeadline("the end");
        Assert.False(recorder.HasOpened);
    }

    [Fact]
    [Trait("Spec", "CLI-TRB-07")]
    public async Task Unknown_session_ends_and_gets_no_goodbye()
    {
        const string Body = """{"code":1,"message":"Session ID unknown"}""";
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            if (!exchange.Request.Query.ContainsKey("sid")) return false;
            await exchange.AnswerAsync(400, Body, ("Content-Type", "application/json"));
            return true;
        } };
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", "xhr poll error", 400, 1, Body), (reason, error!.Message, error.StatusCode, error.ServerCode, error.ResponseBody));
        await engine.Completion.WithDeadline("the end");
        Assert.DoesNotContain(server.Server.Requests, request => request.Method == "POST");
    }

    [Theory]
    [Trait("Spec", "CLI-DISC-05")]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Poll_whose_connection_ends_is_not_repeated(bool isFactorys)
    {
        await using var server = new ScriptedEngine { Intercept = async exchange =>
        {
            if (exchange.Request.SessionId is null) return false;
            // After the handshake, on the same connection; its answer may be lost.
            await exchange.Wire.DisposeAsync();
            return true;
        } };
        var recorder = new Recorder();
        var options = new EngineClientOptions { Transports = ["polling"] };
        if (isFactorys) options.HttpHandlerFactory = () => new PassingHandler(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false });
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, options);

        var (reason, error) = await recorder.ClosedAsync();
        Assert.Equal(("transport error", "xhr poll error", EngineClientStage.Polling), (reason, error!.Message, error.Stage));
        await engine.Completion.WithDeadline("the end");
        Assert.Single(server.Server.Requests, request => request.SessionId is not null);
        Assert.Equal(1, server.Server.ConnectionCount);
    }

    [Fact]
    [Trait("Spec", "CLI-OPT-37")]
    [Trait("Spec", "EIO-PKT-03")]
    public async Task Bytes_travel_as_base64()
    {
        await using var server = new ScriptedEngine();
        var recorder = new Recorder();
        await using var engine = await EngineClient.ConnectAsync(server.Address, recorder, s_polling);
        engine.Enqueue(EngineFrame.Message("x"), (EngineFrame[])[EngineFrame.Binary(new byte[] { 1, 2, 3, 4 })]);
        server.Say("bAQIDBA==");

        Assert.Equal("4x\u001ebAQIDBA==", await server.NextPostAsync());
        Assert.Equal("01020304", await recorder.NextAsync());
    }

    private sealed class PassingHandler(HttpMessageHandler inner) : DelegatingHandler(inner);
}
