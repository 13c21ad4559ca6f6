using System.Text;

namespace EngineIO.Client;

/// <summary>Puts a failure into words.</summary>
internal static class FailureText
{
    public static string Of(EngineClientException error)
    {
        var text = new StringBuilder(Subject(error));
        if (error.Url is { } url) text.Append(error.Stage == EngineClientStage.Handshake ? " with " : " of ").Append(url);
        text.Append(' ').Append(Predicate(error));
        if (error.Message.Length > 0) text.Append(" (").Append(error.Message).Append(')');
        return text.Append('.').ToString();
    }

    private static string Subject(EngineClientException error) => error.Stage switch
    {
        EngineClientStage.Handshake when error.Transport is { } transport => $"The {transport} handshake",
        EngineClientStage.Handshake => "The handshake",
        EngineClientStage.Probe => $"The upgrade to {error.Transport ?? "another transport"}",
        EngineClientStage.Polling => "The polling session",
        _ => "The WebSocket session",
    };

    private static string Predicate(EngineClientException error)
    {
        if (error.Detail is { } detail) return $"failed: {detail}";
        if (error is { StatusCode: { } status, ServerMessage: { } message })
            return $"was answered with status {status}: {message}{(error.ServerCode is { } code ? $" (code {code})" : "")}";
        if (error.StatusCode is { } plain and not 101) return $"was answered with status {plain}";
        if (error.CloseCode is { } close) return Closed(close, error.CloseDescription);
        return error.InnerException is { } inner ? $"failed: {Innermost(inner).TrimEnd('.')}" : "failed";
    }

    private static string Closed(int code, string? description) => code switch
    {
        1006 => "ended without a close frame",
        _ when string.IsNullOrEmpty(description) => $"was closed by the server with code {code}",
        _ => $"was closed by the server with code {code}: {description}",
    };

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        return error.Message;
    }
}
