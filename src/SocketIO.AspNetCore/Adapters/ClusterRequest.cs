using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>A request to the other servers of a cluster, and the answers that have come. Thread-safe: the list of answers is the lock.</summary>
internal sealed class ClusterRequest
{
    private readonly List<ClusterResponse> _responses = [];
    private readonly TaskCompletionSource _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClusterMessageType _responseType;
    private readonly int _expected;
    private readonly HashSet<string>? _missing;

    /// <summary>Waits for a number of answers.</summary>
    public ClusterRequest(ClusterMessageType responseType, int expected)
    {
        _responseType = responseType;
        _expected = expected;
    }

    /// <summary>Waits for the answers of known servers.</summary>
    public ClusterRequest(ClusterMessageType responseType, IEnumerable<string> servers)
    {
        _responseType = responseType;
        _missing = new HashSet<string>(servers, StringComparer.Ordinal);
        if (_missing.Count == 0) _completion.TrySetResult();
    }

    /// <summary>Completes when every server has answered or gone.</summary>
    public Task Completion => _completion.Task;

    /// <summary>The answers so far, in the order of their arrival.</summary>
    public IReadOnlyList<ClusterResponse> Responses
    {
        get
        {
            lock (_responses) return [.. _responses];
        }
    }

    public string TimeoutMessage
    {
        get
        {
            lock (_responses)
            {
                return _missing is null
                    ? $"timeout reached: only {_responses.Count} responses received out of {_expected}"
                    : $"timeout reached: missing {_missing.Count} responses";
            }
        }
    }

    public void Add(ClusterResponse response)
    {
        if (response.Type != _responseType) return;
        lock (_responses)
        {
            if (_completion.Task.IsCompleted) return;
            _responses.Add(response);
            _missing?.Remove(response.SenderId);
            if (_missing is null ? _responses.Count < _expected : _missing.Count > 0) return;
        }

        _completion.TrySetResult();
    }

    /// <summary>A server has gone: it is not waited for any more.</summary>
    public void Forget(string server)
    {
        lock (_responses)
        {
            if (_missing is null || !_missing.Remove(server) || _missing.Count > 0) return;
        }

        _completion.TrySetResult();
    }
}
