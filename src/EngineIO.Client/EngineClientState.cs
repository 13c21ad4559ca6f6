namespace EngineIO.Client;

/// <summary>The life of a client's session (the reference's <c>readyState</c>).</summary>
public enum EngineClientState
{
    /// <summary>Not open yet, or not even started.</summary>
    Opening,

    /// <summary>Messages flow.</summary>
    Open,

    /// <summary>Closed by the application; what was sent before is still written.</summary>
    Closing,

    /// <summary>Over.</summary>
    Closed,
}
