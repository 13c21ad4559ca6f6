using System.Net;
using EngineIO;

namespace Cli.Doctor;

/// <summary><c>socketio doctor</c>: the steps, in the order in which a connection takes them (https://socket.io/docs/v4/troubleshooting-connection-issues/).</summary>
internal sealed partial class Examination(Settings settings, Terminal terminal)
{
    private Finding? _worst;
    private EngineHandshakeData? _handshake;
    private bool _acceptsAnyCertificate = settings.IsInsecure;
    private bool _lacksPolling;
    private bool _lacksWebSocket;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        (string Name, Func<CancellationToken, Task<Finding?>> Step)[] steps =
        [
            ("name", ResolveAsync), ("tcp", ReachAsync), ("tls", ExamineCertificateAsync), ("handshake", ShakeHandsAsync), ("errors", ProvokeErrorsAsync),
            ("cors", AskForOriginAsync), ("sessions", ReturnAsync), ("polling", PollAsync), ("websocket", OpenWebSocketAsync), ("upgrade", UpgradeAsync),
            ("namespace", JoinAsync), ("ping", AwaitPingAsync),
        ];
        foreach (var (name, step) in steps)
        {
            if (await TakeAsync(step, cancellationToken) is not { } finding) continue;
            terminal.Line(finding.IsGood ? Terminal.Green : Terminal.Red, name, $"{(finding.IsGood ? "ok    " : "failed")} {finding.Text}");
            if (!finding.IsGood) _worst ??= finding;
            if (finding.IsFatal) break;
        }

        if (_worst is { } fault) terminal.Line(Terminal.Red, "diagnosis", $"{fault.Text}: {fault.Cure}");
        else terminal.Line(Terminal.Green, "diagnosis", "all is well: clients can connect.");
        return _worst is null ? ExitCode.Ok : ExitCode.Failed;
    }

    // A step of its own time limit; what a step did not foresee is a finding too.
    private async Task<Finding?> TakeAsync(Func<CancellationToken, Task<Finding?>> step, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        if (step != AwaitPingAsync) limit.CancelAfter(step == ReturnAsync ? settings.Timeout * 3 : settings.Timeout);
        try
        {
            return await step(limit.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new($"no answer within {settings.Timeout.TotalSeconds} s", "something on the way swallows requests, or the server is blocked; look at its CPU and at firewalls, or raise --timeout");
        }
        catch (HttpRequestException error)
        {
            return new($"the request failed, {Innermost(error)}", "the server or a proxy ends connections: look at its log at this moment");
        }
    }

    private static string Innermost(Exception error)
    {
        while (error.InnerException is { } inner) error = inner;
        return error.Message.TrimEnd('.');
    }

    private static string Shown(HttpStatusCode status) => $"status {(int)status}";
}
