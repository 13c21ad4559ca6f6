using System.Text;
using Load.Messages;
using Load.Sockets;

namespace Load.Polling;

/// <summary>A client over one HTTP connection that is kept open: it posts a message, and when that is answered it asks for what has come for it.</summary>
internal sealed class PollingConnection(int index, EventLoop loop, Action<PollingConnection> received) : Connection
{
    private string? _answer;
    private Request? _post;
    private byte[] _postAnswer = [];
    private byte[] _poll = [];
    private Expectation? _message;
    private bool _isPolling;

    public void Open(int port) => Attach(TcpSocket.Connect(port), loop);

    /// <summary>One request of the opening, and the body of its answer.</summary>
    public string Exchange(string method, string path, string body = "")
    {
        _post = null;
        _answer = null;
        Outgoing.Append(HttpRequest.Encode(method, path, body));
        Flush();
        loop.RunUntil(() => _answer is not null, $"{method} {path}");
        return _answer!;
    }

    /// <summary>From now on it sends this request and receives this message, with <see cref="Post"/> each time.</summary>
    public void Begin(Request post, byte[] postAnswer, string path, Expectation message) =>
        (_post, _postAnswer, _poll, _message) = (post, postAnswer, HttpRequest.Encode("GET", path), message);

    /// <summary>Posts the next message.</summary>
    public void Post()
    {
        _isPolling = false;
        _post!.WriteNext(Outgoing);
    }

    protected override void Process()
    {
        while (HttpResponse.TryRead(Incoming.Content, out var response, out var length))
        {
            if (response.Status is < 200 or > 299) throw new LoadException($"connection {index}: {response.Status} {Encoding.UTF8.GetString(response.Body)}");
            if (_post is null) _answer = Encoding.UTF8.GetString(response.Body);
            else if (_isPolling) OnMessage(response.Body);
            else OnPosted(response.Body);
            Incoming.Consume(length);
        }
    }

    protected override void OnEnd() => throw new LoadException($"the server closed connection {index}");

    private void OnPosted(ReadOnlySpan<byte> body)
    {
        if (!body.SequenceEqual(_postAnswer)) throw WrongAnswer.Create(index, _postAnswer, body);
        Outgoing.Append(_poll);
        _isPolling = true;
    }

    private void OnMessage(ReadOnlySpan<byte> body)
    {
        _message!.Accept(index, body, isBinary: false);
        received(this);
    }
}
