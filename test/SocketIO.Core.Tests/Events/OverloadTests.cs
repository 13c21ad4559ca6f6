namespace SocketIO.Core.Tests.Events;

/// <summary>That the handlers people write find the overload that they mean: synchronous, task and value task, lambdas and methods.</summary>
public sealed class OverloadTests
{
    private readonly Socket _socket = new();
    private readonly List<string> _log = [];

    [Fact]
    public async Task Handlers()
    {
        _socket.On("e", () => _log.Add("a"));
        _socket.On("e", () => Add("b"));
        _socket.On("e", async () => await Add("c"));
        _socket.On<string>("e", s => _log.Add(s + "d"));
        _socket.On<string>("e", s => Add(s + "e"));
        _socket.On<string>("e", s => AddValue(s + "f"));
        _socket.On<string>("e", async s => await Add(s + "g"));
        _socket.On<string>("e", _log.Add);
        _socket.On<string>("e", Add);
        _socket.On<string>("e", AddValue);
        _socket.On("e", (string s) => _log.Add(s + "h"));
        _socket.On("e", (string s, int n) => Add(s + n));
        _socket.On("e", async (string s, int n) => await AddValue(s + n));
        _socket.On<string, int, Ack>("e", (s, n, ack) => ack.SendAsync(s, n));
        _socket.On("e", delegate(string s) { _log.Add(s + "i"); });
        _socket.Once("e", (string s) => _log.Add("once"));
        _socket.Once<string>("e", async s => await Add("once"));
        _socket.On("e", () => throw new InvalidTimeZoneException());
        await _socket.ReceiveAsync("""["e","-",1]""", id: 0);
        Assert.Equal(["a", "b", "c", "-d", "-e", "-f", "-g", "-", "-", "-", "-h", "-1", "-1", "-i", "once", "once"], _log);
        Assert.Equal(["""#0 ["-",1]"""], _socket.Sent);
        Assert.Single(_socket.Errors);
    }

    [Fact]
    [Trait("Spec", "SRV-NET-05")]
    public async Task Requests()
    {
        _socket.OnRequest("a", () => 1);
        _socket.OnRequest("b", async () => await Task.FromResult(2));
        _socket.OnRequest<string, int>("c", s => s.Length);
        _socket.OnRequest<string, int>("d", LengthAsync);
        _socket.OnRequest<string, int>("e", async s => await LengthAsync(s));
        _socket.OnRequest<string, int, string>("f", (s, n) => new ValueTask<string>(s + n));
        _socket.OnRequest("g", (string s, Socket socket) => socket == _socket);
        _socket.OnRequest<string, string?>("h", _ => (string?)null);
        foreach (var name in "abcdefgh") await _socket.ReceiveAsync($"[\"{name}\",\"xyz\",7]", id: 5);
        Assert.Equal(["#5 [1]", "#5 [2]", "#5 [3]", "#5 [3]", "#5 [3]", "#5 [\"xyz7\"]", "#5 [true]", "#5 [null]"], _socket.Sent);

        await _socket.ReceiveAsync("""["a"]""");
        Assert.Equal(8, _socket.Sent.Count);
    }

    [Fact]
    public async Task A_request_that_fails_is_not_answered()
    {
        _socket.OnRequest<int>("a", () => throw new InvalidTimeZoneException());
        _socket.OnRequest<int>("a", async () =>
        {
            await Task.Yield();
            throw new InvalidTimeZoneException();
        });
        await _socket.ReceiveAsync("""["a"]""", id: 1);
        Assert.Empty(_socket.Sent);
        Assert.Equal(2, _socket.Errors.Count);
    }

    private static Task<int> LengthAsync(string text) => Task.FromResult(text.Length);

    private Task Add(string text)
    {
        _log.Add(text);
        return Task.CompletedTask;
    }

    private ValueTask AddValue(string text)
    {
        _log.Add(text);
        return default;
    }
}
