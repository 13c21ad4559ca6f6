using System.Collections.Concurrent;
using System.Threading.Channels;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Sessions;

/// <summary>A session of the server, and what it has told so far.</summary>
internal sealed class WatchedSession : IEngineSessionHandler
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly ConcurrentQueue<string> _handlerCloses = new();
    private readonly ConcurrentQueue<string> _eventCloses = new();
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public WatchedSession(EngineSession session)
    {
        Inner = session;
        session.Handler = this;
        session.Closed += (reason, error) =>
        {
            _eventCloses.Enqueue(reason);
            _closed.TrySetResult(error);
        };
    }

    public EngineSession Inner { get; }

    /// <summary>Runs for each message, after it was recorded.</summary>
    public Func<EngineMessage, ValueTask>? Handle { get; set; }

    /// <summary>Runs when the session closes.</summary>
    public Action? HandleClose { get; set; }

    /// <summary>Runs at the end of a read.</summary>
    public Action? HandleReadCompleted { get; set; }

    public int UnreadMessages => _messages.Reader.Count;

    public Task<string> NextMessageAsync() => _messages.Reader.ReadAsync().AsTask().WithDeadline("a message");

    public ValueTask SendAsync(string text, CancellationToken cancellationToken = default) =>
        Inner.SendAsync(EngineFrame.Message(text), cancellationToken: cancellationToken);

    /// <summary>The session has ended, was told so once each way, and for this reason.</summary>
    public async Task AssertClosedAsync(string reason, string? error = null)
    {
        var fault = await _closed.Task.WithDeadline($"the session to close with {reason}");
        Assert.Equal([reason], _eventCloses);
        Assert.Equal([reason], _handlerCloses);
        Assert.Equal(EngineSessionState.Closed, Inner.State);
        if (error is not null) Assert.Equal(error, Assert.IsType<EngineTransportException>(fault).Message);
        else Assert.Null(fault);
    }

    public Task<Exception?> ClosedAsync() => _closed.Task.WithDeadline("the session to close");

    public async Task AssertClosedOnceAsync()
    {
        await ClosedAsync();
        Assert.Single(_eventCloses);
        Assert.Single(_handlerCloses);
    }

    public ValueTask OnMessageAsync(EngineMessage message)
    {
        _messages.Writer.TryWrite(message.ToString());
        return Handle?.Invoke(message) ?? default;
    }

    public void OnReadCompleted() => HandleReadCompleted?.Invoke();

    public void OnClosed(string reason, Exception? error)
    {
        _handlerCloses.Enqueue(reason);
        HandleClose?.Invoke();
    }
}
