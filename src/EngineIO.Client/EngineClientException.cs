namespace EngineIO.Client;

/// <summary>Why a session could not open, broke, or could not upgrade. Its <see cref="Exception.Message"/> is the reference's string, such as <c>xhr poll error</c>;
/// <see cref="Reason"/> says what happened.</summary>
public sealed class EngineClientException : Exception
{
    /// <summary>Makes an exception.</summary>
    /// <param name="message">The fault, in the reference's words.</param>
    /// <param name="stage">What the session was about.</param>
    /// <param name="innerException">The cause.</param>
    public EngineClientException(string message, EngineClientStage stage, Exception? innerException = null)
        : base(message, innerException) => Stage = stage;

    /// <summary>What the session was about when it failed.</summary>
    public EngineClientStage Stage { get; }

    /// <summary>The transport: <c>polling</c> or <c>websocket</c>.</summary>
    public string? Transport { get; init; }

    /// <summary>Where the request went, without credentials, session id and the application's query parameters, which may be secrets.</summary>
    public Uri? Url { get; init; }

    /// <summary>The status of the HTTP answer; null where there was none.</summary>
    public int? StatusCode { get; init; }

    /// <summary>The code that the server gives for its refusal, 0 to 5.</summary>
    public int? ServerCode { get; init; }

    /// <summary>What the server says to its refusal, such as <c>Session ID unknown</c>.</summary>
    public string? ServerMessage { get; init; }

    /// <summary>The beginning of the HTTP answer's body, at most 1 KiB.</summary>
    public string? ResponseBody { get; init; }

    /// <summary>The code with which a WebSocket was closed: 1006 where no close frame came, 1000 where it had no code, which the platform takes for that one.</summary>
    public int? CloseCode { get; init; }

    /// <summary>The text of the close frame.</summary>
    public string? CloseDescription { get; init; }

    /// <summary>What happened, in one sentence.</summary>
    public string Reason => FailureText.Of(this);

    /// <summary>What was wrong, where no other member tells.</summary>
    internal string? Detail { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Reason}{Environment.NewLine}{base.ToString()}";
}
