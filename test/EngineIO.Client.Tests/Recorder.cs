using System.Threading.Channels;
using TestKit;

namespace EngineIO.Client.Tests;

/// <summary>A handler that keeps what it is told, in order.</summary>
internal sealed class Recorder : IEngineClientHandler
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<EngineHandshakeData> _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<(string Reason, EngineClientException? Error)> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _pings;
    private int _closings;

    public Action<EngineClient>? Opening { get; init; }

    public Func<EngineMessage, ValueTask>? Receiving { get; init; }

    public int Pings => Volatile.Read(ref _pings);

    public int Closings => Volatile.Read(ref _closings);

    public Task<EngineHandshakeData> OpenedAsync() => _opened.Task.WithDeadline("the session to open");

    public Task<(string Reason, EngineClientException? Error)> ClosedAsync() => _closed.Task.WithDeadline("the session to close");

    public bool HasOpened => _opened.Task.IsCompleted;

    /// <summary>The next message: its text, or its bytes in hexadecimal.</summary>
    public Task<string> NextAsync() => _messages.Reader.ReadAsync().AsTask().WithDeadline("a message");

    public async Task<List<string>> NextAsync(int count)
    {
        var messages = new List<string>();
        while (messages.Count < count) messages.Add(await NextAsync());
        return messages;
    }

    public bool HasMessage => _messages.Reader.TryPeek(out _);

    void IEngineClientHandler.OnOpen(EngineClient engine)
    {
        Opening?.Invoke(engine);
        _opened.TrySetResult(engine.Handshake!);
    }

    ValueTask IEngineClientHandler.OnMessageAsync(EngineClient engine, EngineMessage message)
    {
        _messages.Writer.TryWrite(message.IsBinary ? Convert.ToHexString(message.Data.Span) : message.ToString());
        return Receiving?.Invoke(message) ?? default;
    }

    void IEngineClientHandler.OnPing(EngineClient engine) => Interlocked.Increment(ref _pings);

    void IEngineClientHandler.OnClosed(EngineClient engine, string reason, EngineClientException? error)
    {
        Interlocked.Increment(ref _closings);
        _closed.TrySetResult((reason, error));
    }
}
