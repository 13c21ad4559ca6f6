using System.Threading.Channels;
using TestKit;

namespace EngineIO.AspNetCore.Tests.Support;

/// <summary>Records what a session tells its handler, and echoes messages if it is asked to.</summary>
internal sealed class SessionProbe : IEngineSessionHandler
{
    private readonly Channel<string> _messages = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<(string Reason, Exception? Error)> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool _echo;
    private int _closedCount;

    public SessionProbe(EngineSession session, bool echo)
    {
        Session = session;
        _echo = echo;
        session.Handler = this;
    }

    public EngineSession Session { get; }

    /// <summary>How often the end was told.</summary>
    public int ClosedCount => Volatile.Read(ref _closedCount);

    public Task<(string Reason, Exception? Error)> ClosedAsync() => _closed.Task.WithDeadline("the session to close");

    /// <summary>The next message; binary as hexadecimal digits.</summary>
    public Task<string> NextMessageAsync() => _messages.Reader.ReadAsync().AsTask().WithDeadline("a message");

    public bool HasMessage => _messages.Reader.TryPeek(out _);

    /// <summary>Waits until a GET is pending.</summary>
    public Task PolledAsync() => Deadline.UntilAsync(() => Session.IsWritable, "a pending poll");

    public ValueTask OnMessageAsync(EngineMessage message)
    {
        _messages.Writer.TryWrite(message.IsBinary ? Convert.ToHexString(message.Data.Span) : message.ToString());
        return _echo ? Session.SendAsync(EngineFrame.Message(message)) : default;
    }

    public void OnReadCompleted()
    {
    }

    public void OnClosed(string reason, Exception? error)
    {
        Interlocked.Increment(ref _closedCount);
        _closed.TrySetResult((reason, error));
    }
}
