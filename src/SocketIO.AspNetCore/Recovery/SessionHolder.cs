namespace SocketIO.AspNetCore.Recovery;

/// <summary>The right to a session: a live socket has it, and before that the client that tries to restore it. Of one session there is one at a time.</summary>
internal sealed class SessionHolder(string privateId, ClientConnection client)
{
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile ServerSocket? _socket;
    private volatile string? _lastSent;

    public string PrivateId { get; } = privateId;

    public ClientConnection Client { get; } = client;

    /// <summary>The socket, once there is one.</summary>
    public ServerSocket? Socket
    {
        get => _socket;
        set => _socket = value;
    }

    /// <summary>See <see cref="RecoverableSession.GrantedAt"/>.</summary>
    public string? GrantedAt { get; set; }

    /// <summary>See <see cref="RecoverableSession.LastSent"/>.</summary>
    public string? LastSent
    {
        get => _lastSent;
        set => _lastSent = value;
    }

    /// <summary>Completes when the session is stored, or lost, and its rooms are left: another client may have it now.</summary>
    public Task Ended => _ended.Task;

    public void End() => _ended.TrySetResult();
}
