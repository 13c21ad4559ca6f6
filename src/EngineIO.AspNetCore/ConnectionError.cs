namespace EngineIO.AspNetCore;

/// <summary>A refused request (event <c>connection_error</c>).</summary>
public sealed class ConnectionError
{
    internal ConnectionError(EngineRequest request, EngineErrorCode code, IReadOnlyDictionary<string, object?> context)
    {
        Request = request;
        Code = code;
        Context = context;
    }

    /// <summary>The request; valid while the event is raised.</summary>
    public EngineRequest Request { get; }

    /// <summary>The code.</summary>
    public EngineErrorCode Code { get; }

    /// <summary>The text that belongs to the code.</summary>
    public string Message => MessageOf(Code);

    /// <summary>The particulars, under the reference's names: <c>transport</c>, <c>sid</c>, <c>method</c>, <c>name</c>, <c>message</c> …</summary>
    public IReadOnlyDictionary<string, object?> Context { get; }

    internal static string MessageOf(EngineErrorCode code) => code switch
    {
        EngineErrorCode.UnknownTransport => "Transport unknown",
        EngineErrorCode.UnknownSid => "Session ID unknown",
        EngineErrorCode.BadHandshakeMethod => "Bad handshake method",
        EngineErrorCode.Forbidden => "Forbidden",
        EngineErrorCode.UnsupportedProtocolVersion => "Unsupported protocol version",
        _ => "Bad request",
    };
}
