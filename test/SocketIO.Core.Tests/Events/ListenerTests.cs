namespace SocketIO.Core.Tests.Events;

public sealed class ListenerTests
{
    private readonly Socket _socket = new();
    private readonly List<string> _log = [];

    [Fact]
    [Trait("Spec", "SRV-SOCK-17")]
    public async Task Handlers_run_in_the_order_of_their_registration()
    {
        _socket.On("e", () => _log.Add("1"));
        _socket.On("e", () => _log.Add("2"));
        _socket.On("f", () => _log.Add("other"));
        _socket.On("e", () => _log.Add("3"));
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Equal(["1", "2", "3"], _log);
        Assert.Equal(["e", "f"], _socket.EventNames);
        Assert.Equal(3, _socket.GetHandlers("e").Count);
        Assert.Empty(_socket.GetHandlers("g"));
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-17")]
    public async Task Once_is_once()
    {
        _socket.Once("e", () => _log.Add("once"));
        _socket.On("e", () => _log.Add("on"));
        await _socket.ReceiveAsync("""["e"]""");
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Equal(["once", "on", "on"], _log);
        Assert.Single(_socket.GetHandlers("e"));
    }

    [Fact]
    public async Task Once_is_spent_by_an_event_that_does_not_fit()
    {
        _socket.Once<int>("e", _ => _log.Add("called"));
        await _socket.ReceiveAsync("""["e","x"]""");
        await _socket.ReceiveAsync("""["e",1]""");
        Assert.Empty(_log);
        Assert.Single(_socket.Errors);
    }

    [Fact]
    [Trait("Spec", "SRV-NET-03")]
    public async Task Handlers_are_removed_by_subscription_by_delegate_and_by_name()
    {
        var subscription = _socket.On("e", () => _log.Add("subscription"));
        Action handler = () => _log.Add("delegate");
        Func<string, Task> other = text =>
        {
            _log.Add(text);
            return Task.CompletedTask;
        };
        _socket.On("e", handler);
        _socket.On("e", handler);
        _socket.On("e", other);

        subscription.Dispose();
        subscription.Dispose();
        Assert.True(_socket.Off("e", handler));
        Assert.False(_socket.Off("f", handler));
        await _socket.ReceiveAsync("""["e","text"]""");
        Assert.Equal(["delegate", "text"], _log);

        Assert.True(_socket.Off("e", handler));
        Assert.False(_socket.Off("e", handler));
        Assert.True(_socket.Off("e", other));
        Assert.Empty(_socket.EventNames);

        _socket.On("e", handler);
        _socket.On("f", handler);
        _socket.OnAny(_ => _log.Add("any"));
        _socket.Off("e");
        Assert.Equal(["f"], _socket.EventNames);
        _socket.Off();
        Assert.Empty(_socket.EventNames);
        Assert.Single(_socket.AnyHandlers);
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-20")]
    public async Task An_event_without_handlers_is_nothing()
    {
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Null(_socket.Listeners);
        _socket.Off("e");
        _socket.On("f", () => { });
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Empty(_socket.Errors);
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-14")]
    [Trait("Behaviour", "socket.io/test/socket.ts:960")]
    [Trait("Behaviour", "socket.io/test/socket.ts:984")]
    public async Task Catch_all_handlers_come_first()
    {
        _socket.On<int>("e", a => _log.Add($"e {a}"));
        _socket.OnAny(args => _log.Add($"any {args.Name} {args.Count}"));
        _socket.OnAny((args, ack) => _log.Add($"ack {ack.IsRequested}"));
        Func<EventArguments, ValueTask> first = _ =>
        {
            _log.Add("first");
            return default;
        };
        _socket.PrependAny(_ => _log.Add("second"));
        _socket.PrependAny(first);
        await _socket.ReceiveAsync("""["e",1,2]""", id: 1);
        Assert.Equal(["first", "second", "any e 2", "ack True", "e 1"], _log);
        Assert.Equal(4, _socket.AnyHandlers.Count);

        _log.Clear();
        Assert.True(_socket.OffAny(first));
        Assert.False(_socket.OffAny(first));
        await _socket.ReceiveAsync("""["unknown"]""");
        Assert.Equal(["second", "any unknown 0", "ack False"], _log);
        _socket.OffAny();
        Assert.Empty(_socket.AnyHandlers);
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-15")]
    [Trait("Behaviour", "socket.io/test/socket.ts:1053")]
    [Trait("Behaviour", "socket.io/test/socket.ts:1078")]
    public async Task Catch_all_handlers_of_sent_events()
    {
        Action<EventArguments> handler = args => _log.Add($"{args.Name} {args.Get<byte[]>(0)?[0]}");
        _socket.OnAnyOutgoing(handler);
        _socket.PrependAnyOutgoing(_ => _log.Add("second"));
        _socket.PrependAnyOutgoing(_ => _log.Add("first"));
        var arguments = EventArguments.Create(_socket.Serializer, "e", [new byte[] { 7 }]);
        await _socket.Listeners!.AnyOutgoing!.InvokeAsync(new(arguments, Ack.None, _socket), _socket);
        Assert.Equal(["first", "second", "e 7"], _log);
        Assert.Equal(3, _socket.AnyOutgoingHandlers.Count);
        Assert.True(_socket.OffAnyOutgoing(handler));
        _socket.OffAnyOutgoing();
        Assert.Empty(_socket.AnyOutgoingHandlers);
    }

    [Fact]
    [Trait("Spec", "SRV-SOCK-16")]
    public async Task Removing_while_dispatching_is_safe()
    {
        IDisposable? self = null, any = null;
        self = _socket.On("e", () => self!.Dispose());
        _socket.On("e", () => _log.Add("e"));
        any = _socket.OnAny(_ => any!.Dispose());
        _socket.OnAny(_ => _log.Add("any"));
        await _socket.ReceiveAsync("""["e"]""");
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Equal(["any", "e", "any", "e"], _log);
        Assert.Single(_socket.GetHandlers("e"));
    }

    [Fact]
    [Trait("Spec", "SRV-NET-12")]
    [Trait("Spec", "SEC-APP-01")]
    public async Task What_a_handler_throws_reaches_no_other()
    {
        _socket.On("e", () => throw new InvalidTimeZoneException("sync"));
        _socket.On("e", async () =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException("async");
        });
        _socket.On("e", () => Task.FromException(new InvalidTimeZoneException("task")));
        _socket.On("e", () => _log.Add("last"));
        _socket.OnAny(_ => throw new InvalidTimeZoneException("any"));
        await _socket.ReceiveAsync("""["e"]""");
        Assert.Equal(["last"], _log);
        Assert.Equal(["any", "sync", "async", "task"], _socket.Errors.Select(e => e.Exception.Message));
        Assert.All(_socket.Errors, e => Assert.Equal("e", e.Event));
    }

    [Fact]
    [Trait("Spec", "SRV-NET-14")]
    public async Task Each_handler_waits_for_the_one_before_it()
    {
        var gate = new TaskCompletionSource();
        _socket.On("e", async () =>
        {
            _log.Add("1 begins");
            await gate.Task;
            _log.Add("1 ends");
        });
        _socket.On<string, int>("e", (text, number) => _log.Add($"2 {text} {number}"));
        var json = """["e","text",5]"""u8.ToArray();
        var running = _socket.ReceiveAsync(new Payload(json));
        Assert.False(running.IsCompleted);

        // The buffer is used again before the second handler reads its arguments.
        Array.Fill(json, (byte)'x');
        gate.SetResult();
        await running;
        Assert.Equal(["1 begins", "1 ends", "2 text 5"], _log);
        Assert.Empty(_socket.Errors);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(200)]
    public async Task Any_number_of_events(int count)
    {
        for (var i = 0; i < count; i++) _socket.On<int>($"é{i}", a => _log.Add($"{a}"));
        for (var i = 0; i < count; i++) await _socket.ReceiveAsync($"[\"é{i}\",{i}]");
        await _socket.ReceiveAsync("""["é","x"]""");
        Assert.Equal(Enumerable.Range(0, count).Select(i => $"{i}"), _log);
        for (var i = 0; i < count; i += 2) _socket.Off($"é{i}");
        Assert.Equal(Enumerable.Range(0, count).Where(i => i % 2 == 1).Select(i => $"é{i}"), _socket.EventNames);
        for (var i = 0; i < count; i++) Assert.Equal(i % 2, _socket.GetHandlers($"é{i}").Count);
    }
}
