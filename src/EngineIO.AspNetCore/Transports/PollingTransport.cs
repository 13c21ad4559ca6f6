using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Sending;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore.Transports;

/// <summary>A session over HTTP requests: a GET waits for packets, a POST brings them.</summary>
internal sealed partial class PollingTransport : Transport
{
    private readonly EngineServer _server;
    private readonly ILogger _logger;
    private PendingPoll? _poll;
    private TaskCompletionSource? _pollArrival;
    private HttpContext? _post;
    private bool _postIsWhole;
    private bool _closeWithNextAnswer;
    private bool _isClosing;

    // No GET is taken any more: the client has gone from one, or the transport is closed.
    private bool _isLost;
    private bool _isClosed;

    public PollingTransport(EngineSession session, EngineServer server, bool supportsBinary)
        : base(session, supportsBinary)
    {
        _server = server;
        _logger = server.Loggers.Polling;
    }

    public override string Name => RequestVerifier.PollingName;

    public override bool IsWritable => _poll is not null;

    /// <summary>Whether the messages of a POST are being handled. The session's lock guards it.</summary>
    public bool IsDelivering => _post is not null && _postIsWhole;

    /// <summary>A waiting GET is answered with the first packet, as the reference does.</summary>
    public override bool GathersWrites => false;

    /// <summary>Handles a request that belongs to the session.</summary>
    public Task HandleAsync(EngineRequest request)
    {
        var context = request.HttpContext;
        if (HttpMethods.IsGet(context.Request.Method)) return PollAsync(request);
        if (HttpMethods.IsPost(context.Request.Method)) return PostAsync(request);
        RefusalAnswer.WriteEmpty(context, StatusCodes.Status500InternalServerError);
        return Task.CompletedTask;
    }

    /// <summary>Makes a GET the one that waits.</summary>
    public PollStart BeginPoll(EngineRequest request, out PendingPoll poll)
    {
        poll = new PendingPoll(request);
        lock (Session.Gate)
        {
            if (_isLost) return PollStart.TooLate;
            if (_poll is not null) return PollStart.Overlap;
            _poll = poll;
            _pollArrival?.TrySetResult();
            return PollStart.Waits;
        }
    }

    public async Task WaitAsync(PendingPoll poll)
    {
        using var aborted = poll.Context.RequestAborted.UnsafeRegister(
            static state =>
            {
                var (transport, poll) = ((PollingTransport, PendingPoll))state!;
                transport.OnPollAborted(poll);
            },
            (this, poll));
        await poll.Answered;
    }

    private async Task PollAsync(EngineRequest request)
    {
        switch (BeginPoll(request, out var poll))
        {
            case PollStart.TooLate:
                // Since the request was verified. A client's HTTP repeats a GET whose connection ends: it finds no session, however soon it comes.
                await _server.RefuseAsync(request, Refusal.UnknownSid(Session.Id));
                return;
            case PollStart.Overlap:
                Log.RequestOverlap(_logger);
                Session.OnTransportError(this, new EngineTransportException("overlap from client"));
                RefusalAnswer.WriteEmpty(request.HttpContext, StatusCodes.Status400BadRequest);
                return;
        }

        Log.SettingRequest(_logger);
        Session.OnTransportReady(this);
        await WaitAsync(poll);
    }

    public override ValueTask<bool> WriteAsync(List<OutgoingPacket> batch)
    {
        PendingPoll? poll;
        bool close;
        lock (Session.Gate)
        {
            poll = TakePoll();
            close = _closeWithNextAnswer && poll is not null;
            if (close) _closeWithNextAnswer = false;
            else Session.OnBatchLeaves(this);
        }

        // The client gave up between the decision to write and now; its session is closing.
        if (poll is null) return new(false);
        return close ? AnswerLastAsync(poll, batch) : AnswerAsync(poll, batch);
    }

    private async ValueTask<bool> AnswerLastAsync(PendingPoll poll, List<OutgoingPacket> batch)
    {
        Log.AppendingClose(_logger);
        batch.Add(OutgoingPacket.Control(EngineFrame.Close));
        var isWritten = await AnswerAsync(poll, batch);
        Session.OnClosePacketWritten();
        return isWritten;
    }

    public override void Close()
    {
        // A POST that is still being read is cut off; a waiting GET is told.
        HttpContext? post;
        bool isFirst, isWritable;
        lock (Session.Gate)
        {
            (isFirst, isWritable) = (!_isClosed, _poll is not null);
            _isClosed = _isLost = true;
            post = _postIsWhole ? null : _post;
        }

        if (isFirst) LogClosing(isWritable);
        if (post is not null)
        {
            Log.AbortingPost(_logger);
            post.Abort();
        }

        AnswerPending(EngineFrame.Close);
    }

    private void LogBeginningToClose()
    {
        Log.ReadyState(_server.Loggers.Transport, "open", "closing");
        Log.Closing(_logger);
    }

    public override void OnOpened() => Log.SettingRequest(_logger);

    private void LogClosing(bool isWritable)
    {
        if (!_isClosing)
        {
            LogBeginningToClose();
            if (isWritable) Log.ClosingWritable(_logger);
            else Log.ClosingDiscarded(_logger);
        }

        Log.ReadyState(_server.Loggers.Transport, "closing", "closed");
    }

    /// <summary>Answers a waiting GET with one packet, outside of the send queue.</summary>
    public void AnswerPending(EngineFrame frame)
    {
        PendingPoll? poll;
        lock (Session.Gate) poll = TakePoll();
        if (poll is not null) Answer(poll, frame);
    }

    /// <summary>Answers a GET that was taken.</summary>
    public void Answer(PendingPoll poll, EngineFrame frame) => _ = AnswerAsync(poll, [OutgoingPacket.Control(frame)]).AsTask();

    /// <summary>The GET that waits; it does so no longer. Within the session's lock.</summary>
    public PendingPoll? TakePoll()
    {
        var poll = _poll;
        _poll = null;
        return poll;
    }

    /// <summary>Lets the close packet go out behind the next answer. Called within the session's lock.</summary>
    public void CloseWithNextAnswer()
    {
        LogBeginningToClose();
        Log.BufferingClose(_logger);
        _closeWithNextAnswer = _isClosing = true;
    }

    private void OnPollAborted(PendingPoll poll)
    {
        lock (Session.Gate)
        {
            if (_poll != poll) return;
            (_poll, _isLost) = (null, true);
        }

        poll.Complete();
        Session.OnTransportError(this, new EngineTransportException("poll connection closed prematurely"));
    }

    internal enum PollStart
    {
        Waits,
        Overlap,
        TooLate,
    }
}
