using SocketIO.Cluster;

namespace SocketIO.AspNetCore.Adapters;

/// <summary>A request to the other servers of a cluster, and the answers that have come. Thread-safe: the list of answers is the lock.</summary>
internal sealed class ClusterRequest
{
    private readonly List<ClusterResponse> _responses = [];
    private readonly HashSet<string> _answered = new(StringComparer.Ordinal);
    private readonly List<string> _lost = [];
    private readonly TaskCompletionSource<bool> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ClusterMessageType _responseType;
    private readonly int _expected;
    private long _sockets;
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
        if (_missing.Count == 0) _completion.TrySetResult(true);
    }

    /// <summary>How many sockets are enough: once so many are told of, no other answer is waited for. Set before the request is sent.</summary>
    public long Enough { get; set; } = long.MaxValue;

    /// <summary>Completes when every server has answered or gone; false where they were not asked.</summary>
    public Task<bool> Completion => _completion.Task;

    /// <summary>The answers so far, in the order of their arrival.</summary>
    public IReadOnlyList<ClusterResponse> Responses
    {
        get
        {
            lock (_responses) return [.. _responses];
        }
    }

    /// <summary>Who has not answered, be it waited for or not.</summary>
    public Silence Silence
    {
        get
        {
            lock (_responses)
            {
                if (_sockets >= Enough) return Silence.None;
                var answered = new HashSet<string>(_answered, StringComparer.Ordinal);
                return _missing is null
                    ? new Silence(Math.Max(0, _expected - _responses.Count), answered)
                    : new Silence(_missing.Count + _lost.Count, answered, [.. _missing, .. _lost]);
            }
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
            // A store may deliver twice.
            if (_completion.Task.IsCompleted || (!_answered.Add(response.SenderId) && response.SenderId.Length > 0)) return;
            _responses.Add(response);
            _missing?.Remove(response.SenderId);
            if (response is FetchSocketsResponse fetched) _sockets += fetched.Count;
            if (_sockets < Enough && (_missing is null ? _responses.Count < _expected : _missing.Count > 0)) return;
        }

        _completion.TrySetResult(true);
    }

    /// <summary>The servers could not be asked.</summary>
    public void GiveUp() => _completion.TrySetResult(false);

    /// <summary>A server has gone: it is not waited for any more.</summary>
    /// <param name="server">The server.</param>
    /// <param name="isLost">Whether it went without a word.</param>
    public void Forget(string server, bool isLost)
    {
        lock (_responses)
        {
            if (_missing is null || !_missing.Remove(server)) return;
            if (isLost) _lost.Add(server);
            if (_missing.Count > 0) return;
        }

        _completion.TrySetResult(true);
    }
}
