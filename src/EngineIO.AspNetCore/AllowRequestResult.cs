namespace EngineIO.AspNetCore;

/// <summary>The answer of <see cref="EngineOptions.AllowRequest"/>.</summary>
public readonly struct AllowRequestResult
{
    private AllowRequestResult(bool isAllowed, string? message)
    {
        IsAllowed = isAllowed;
        Message = message;
    }

    /// <summary>The handshake goes on.</summary>
    public static AllowRequestResult Allow { get; } = new(isAllowed: true, message: null);

    /// <summary>Whether the handshake goes on.</summary>
    public bool IsAllowed { get; }

    /// <summary>What a refused client is told in place of "Forbidden".</summary>
    public string? Message { get; }

    /// <summary>The handshake is refused with code 4.</summary>
    /// <param name="message">What the client is told; "Forbidden" by default.</param>
    public static AllowRequestResult Deny(string? message = null) => new(isAllowed: false, message);
}
