namespace EngineIO.AspNetCore.Requests;

/// <summary>A refusal: its code and the context that the <c>connection_error</c> event shows.</summary>
internal sealed record Refusal(EngineErrorCode Code, IReadOnlyDictionary<string, object?> Context)
{
    /// <summary>What the client reads.</summary>
    public string Message => Context.TryGetValue("message", out var message) && message is string { Length: > 0 } text ? text : ConnectionError.MessageOf(Code);

    /// <summary>What the reference's debug line says; null where it says nothing.</summary>
    public string? DebugLine
    {
        get => field ?? LineOf();
        private init;
    }

    private string? LineOf() => Code switch
    {
        EngineErrorCode.UnknownTransport => $"unknown transport \"{Context["transport"]}\"",
        EngineErrorCode.UnknownSid => $"unknown sid \"{Context["sid"]}\"",
        EngineErrorCode.UnsupportedProtocolVersion => "unsupported protocol version",
        _ => Context.GetValueOrDefault("name") switch
        {
            "INVALID_ORIGIN" => "origin header invalid",
            "TRANSPORT_MISMATCH" => "bad request: unexpected transport without upgrade",
            "PROTOCOL_MISMATCH" => "bad request: unexpected protocol version during upgrade",
            "TRANSPORT_HANDSHAKE_ERROR" => "invalid transport upgrade",
            _ => null,
        },
    };

    public static Refusal UnknownTransport(string? transport) => new(EngineErrorCode.UnknownTransport, Of(("transport", transport)));

    public static Refusal UnknownSid(string sid) => new(EngineErrorCode.UnknownSid, Of(("sid", sid)));

    public static Refusal BadHandshakeMethod(string method) => new(EngineErrorCode.BadHandshakeMethod, Of(("method", method)));

    public static Refusal Forbidden(string? message) => new(EngineErrorCode.Forbidden, Of(("message", message)));

    public static Refusal TooManySessions() => Forbidden("Too many sessions");

    public static Refusal UnsupportedProtocolVersion() => new(EngineErrorCode.UnsupportedProtocolVersion, Of(("protocol", 3)));

    public static Refusal InvalidOrigin(string? origin) => BadRequest("INVALID_ORIGIN", ("origin", origin));

    public static Refusal TransportMismatch(string transport, string previous) =>
        BadRequest("TRANSPORT_MISMATCH", ("transport", transport), ("previousTransport", previous));

    public static Refusal ProtocolMismatch(EngineRevision revision, EngineRevision previous) =>
        BadRequest("PROTOCOL_MISMATCH", ("protocol", (int)revision), ("previousProtocol", (int)previous));

    public static Refusal TransportHandshake() => BadRequest("TRANSPORT_HANDSHAKE_ERROR");

    /// <summary>An upgrade to a transport that knows none.</summary>
    public static Refusal UpgradeOfOtherTransport() => TransportHandshake() with { DebugLine = "transport doesn't handle upgraded requests" };

    public static Refusal IdGeneration(Exception error) => BadRequest("ID_GENERATION_ERROR", ("error", error));

    public static Refusal MiddlewareFailure() => BadRequest("MIDDLEWARE_FAILURE");

    private static Refusal BadRequest(string name, params ReadOnlySpan<(string Key, object? Value)> context)
    {
        var all = Of(context);
        all["name"] = name;
        return new(EngineErrorCode.BadRequest, all);
    }

    private static Dictionary<string, object?> Of(params ReadOnlySpan<(string Key, object? Value)> context)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var (key, value) in context) all[key] = value;
        return all;
    }
}
