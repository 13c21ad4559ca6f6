using Microsoft.Extensions.Time.Testing;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>The table of states (CLI-STATE), with transports that do what the test says.</summary>
[Trait("Spec", "CLI-CLS-05")]
public sealed class StateTests
{
    private readonly List<FakeTransport> _transports = [];
    private readonly Recorder _recorder = new();
    private readonly FakeTimeProvider _time = new();

    [Fact]
    [Trait("Spec", "CLI-STATE-01")]
    public async Task Open_packet_opens_writes_and_probes()
    {
        var engine = await OpeningAsync(new());
        Assert.Equal((EngineClientState.Opening, null, null), (engine.State, engine.Id, engine.Handshake));
        engine.Enqueue(EngineFrame.Message("early"));
        Assert.Empty(Current.Written);
        Open();

        Assert.Equal((EngineClientState.Open, "S1"), (engine.State, engine.Id));
        Assert.Equal(["4early"], Current.Written);
        Assert.True(_transports[1].IsOpened);
        Assert.True(_recorder.HasOpened);
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-02")]
    [Trait("Spec", "CLI-STATE-06")]
    public async Task Transport_that_fails_to_open_fails_the_session()
    {
        var engine = await OpeningAsync(new());
        Current.Fail("xhr poll error");

        var (reason, error) = await _recorder.ClosedAsync();
        Assert.Equal(("transport error", "xhr poll error", EngineClientState.Closed), (reason, error!.Message, engine.State));
        Assert.Null(engine.Handshake);
        Assert.True(_transports[0].IsClosed);
        await engine.Completion.WithDeadline("the end");
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-02")]
    [Trait("Spec", "CLI-TR-04")]
    public async Task Next_transport_is_tried_while_opening_and_the_failed_one_is_no_candidate_any_more()
    {
        var engine = await OpeningAsync(new() { TryAllTransports = true, Transports = ["websocket", "polling"] });
        Current.Fail("websocket error");
        await Deadline.UntilAsync(() => _transports.Count == 2, "the next transport");
        Assert.Equal(("polling", true, 0), (engine.TransportName, _transports[0].IsClosed, _recorder.Closings));
        Open();

        Assert.Equal(EngineClientState.Open, engine.State);
        Assert.Equal(2, _transports.Count);
        Current.Fail("xhr poll error");
        Assert.Equal("transport error", (await _recorder.ClosedAsync()).Reason);
        Assert.Equal(2, _transports.Count);
    }

    [Fact]
    [Trait("Spec", "CLI-TR-04")]
    public async Task Last_transport_fails_the_session()
    {
        await OpeningAsync(new() { TryAllTransports = true });
        Current.Fail("xhr poll error");
        await Deadline.UntilAsync(() => _transports.Count == 2, "the next transport");
        Current.Fail("websocket error");

        Assert.Equal("websocket error", (await _recorder.ClosedAsync()).Error!.Message);
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-03")]
    public async Task Abort_ends_at_once_with_the_reason_that_it_is_given()
    {
        var engine = await OpeningAsync(new());
        var timeout = new EngineClientException("timeout", EngineClientStage.Handshake);
        engine.Abort("transport error", timeout);
        Assert.Equal(EngineClientState.Closed, engine.State);

        Assert.Equal(("transport error", timeout), await _recorder.ClosedAsync());
        await engine.Completion.WithDeadline("the end");
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-04")]
    [Trait("Spec", "CLI-STATE-05")]
    public async Task Ping_is_answered_and_silence_closes()
    {
        await OpeningAsync(new());
        Open();
        Current.Say("2");
        Assert.Equal(("3", 1), (Assert.Single(Current.Written), _recorder.Pings));
        _time.Advance(TimeSpan.FromSeconds(46));

        Assert.Equal(("ping timeout", null), await _recorder.ClosedAsync());
        Assert.True(_transports[0].IsClosed);
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-06")]
    [Trait("Spec", "CLI-CLS-03")]
    public async Task Lost_transport_closes_and_what_waits_is_dropped()
    {
        var engine = await OpeningAsync(new());
        Open();
        var transport = _transports[0];
        transport.Writing = new();
        engine.Enqueue(EngineFrame.Message("1"));
        engine.Enqueue(EngineFrame.Message("2"));
        Assert.Equal(2, engine.QueuedPackets);
        transport.Lose();

        var (reason, error) = await _recorder.ClosedAsync();
        Assert.Equal(("transport close", "websocket connection closed", 1006), (reason, error!.Message, error.CloseCode));
        transport.Writing.SetResult();
        await Deadline.UntilAsync(() => engine.QueuedPackets == 0, "the write to end");
        Assert.Equal(["41"], transport.Written);
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-07")]
    [Trait("Spec", "CLI-STATE-08")]
    public async Task Probe_that_is_answered_pauses_switches_and_writes()
    {
        var engine = await OpeningAsync(new());
        Open();
        var (polling, webSocket) = (_transports[0], _transports[1]);
        engine.OnTransportOpened(webSocket);
        Assert.Equal(["2probe"], webSocket.Written);
        webSocket.Say("3probe");
        engine.Enqueue(EngineFrame.Message("x"));
        Assert.Equal((true, "polling"), (engine.IsUpgrading, engine.TransportName));
        Assert.Empty(polling.Written);
        polling.OnPaused!();

        Assert.Equal(["2probe", "5", "4x"], webSocket.Written);
        Assert.Equal((false, "websocket", true, false), (engine.IsUpgrading, engine.TransportName, polling.IsRetired, polling.IsClosed));
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-09")]
    [Trait("Spec", "CLI-CLS-01")]
    public async Task Close_waits_until_all_is_written_but_not_for_ever()
    {
        var engine = await OpeningAsync(new() { CloseTimeout = TimeSpan.FromSeconds(3) });
        Open();
        Current.Writing = new();
        engine.Enqueue(EngineFrame.Message("1"));
        engine.Close();
        engine.Enqueue(EngineFrame.Message("2"));
        Assert.Equal((EngineClientState.Closing, 1), (engine.State, engine.QueuedPackets));
        _time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(0, _recorder.Closings);
        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(("forced close", null), await _recorder.ClosedAsync());
    }

    [Fact]
    [Trait("Spec", "CLI-STATE-10")]
    [Trait("Behaviour", "engine.io-client/test/connection.js:63")]
    public async Task Closed_session_ignores_everything()
    {
        var engine = await OpeningAsync(new());
        Open();
        Current.Lose();
        await _recorder.ClosedAsync();
        int created = 0;
        engine.PacketCreated += _ => created++;
        _transports[0].Say("4late");
        _transports[0].Say("2");
        _transports[0].Fail("xhr poll error");
        _transports[0].Lose();
        engine.Enqueue(EngineFrame.Message("late"));
        engine.Close();
        engine.Abort();
        engine.Open();
        await engine.DisposeAsync();

        Assert.Equal((1, 0, false), (_recorder.Closings, created, _recorder.HasMessage));
        Assert.Empty(_transports[0].Written);
    }

    [Theory]
    [Trait("Spec", "CLI-ROB-02")]
    [InlineData("0{}")]
    [InlineData("3")]
    [InlineData("5")]
    [InlineData("6")]
    public async Task Unexpected_packets_are_ignored(string packet)
    {
        var engine = await OpeningAsync(new());
        Open();
        Current.Say(packet);
        Current.Say("4x");

        Assert.Equal("x", await _recorder.NextAsync());
        Assert.Equal((EngineClientState.Open, "S1"), (engine.State, engine.Id));
    }

    [Fact]
    public async Task Close_in_the_open_handler_is_told_after_it()
    {
        var order = new List<string>();
        var recorder = new Recorder { Opening = opened => opened.Abort() };
        var engine = new EngineClient(new Uri("http://h"), new() { TimeProvider = _time }, Create) { Handler = recorder };
        engine.Closed += (reason, _) => order.Add($"{reason}, opened: {recorder.HasOpened}");
        engine.Open();
        await Deadline.UntilAsync(() => _transports.Count == 1 && engine.TransportName is not null, "the transport");
        Open();

        await recorder.ClosedAsync();
        await Deadline.UntilAsync(() => order.Count == 1, "the event");
        Assert.Equal(["forced close, opened: True"], order);
        Assert.Single(_transports);
    }

    // The last that was opened to be used, not to be tried.
    private FakeTransport Current => _transports.FindLast(transport => transport.Name == "polling" || _transports[0].Name == "websocket" || _transports[0].IsClosed)!;

    private void Open() => Current.Say(ScriptedEngine.Open("\"websocket\""));

    private FakeTransport Create(EngineClient engine, string name)
    {
        var transport = new FakeTransport(engine, name);
        _transports.Add(transport);
        return transport;
    }

    private async Task<EngineClient> OpeningAsync(EngineClientOptions options)
    {
        options.TimeProvider = _time;
        var engine = new EngineClient(new Uri("http://h"), options, Create) { Handler = _recorder };
        engine.Open();
        await Deadline.UntilAsync(() => engine.TransportName is not null && Current.IsOpened, "the transport");
        return engine;
    }
}
