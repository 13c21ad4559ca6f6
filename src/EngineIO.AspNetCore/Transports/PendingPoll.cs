using Microsoft.AspNetCore.Http;

namespace EngineIO.AspNetCore.Transports;

/// <summary>A GET that waits for packets.</summary>
internal sealed class PendingPoll(EngineRequest request)
{
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public EngineRequest Request { get; } = request;

    public HttpContext Context => Request.HttpContext;

    /// <summary>Completes when the answer is written, or will never be.</summary>
    public Task Answered => _answered.Task;

    public void Complete() => _answered.TrySetResult();
}
