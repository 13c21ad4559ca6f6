using System.Diagnostics;
using System.Globalization;
using EngineIO;
using EngineIO.Client;
using SocketIO;
using SocketIO.Client;

namespace Cli.Doctor;

// Whole connections, with the client itself.
internal sealed partial class Examination
{
    private const string ProxyCure =
        "have the proxy pass the upgrade on (nginx: proxy_http_version 1.1; proxy_set_header Upgrade $http_upgrade; proxy_set_header Connection \"upgrade\"); until then clients stay on polling";

    private async Task<Finding?> PollAsync(CancellationToken cancellationToken) => _lacksPolling ? null : await OpenAsync("polling", "see the reason", cancellationToken);

    private async Task<Finding?> OpenWebSocketAsync(CancellationToken cancellationToken)
    {
        if (_lacksWebSocket) return new("the server offers no WebSocket, clients stay on polling");
        return await OpenAsync("websocket", ProxyCure, cancellationToken);
    }

    private async Task<Finding?> UpgradeAsync(CancellationToken cancellationToken)
    {
        if (_lacksPolling || _lacksWebSocket) return null;
        var outcome = new TaskCompletionSource<EngineClientException?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = new EngineClient(settings.Url, CreateOptions("polling", "websocket"));
        engine.Upgraded += _ => outcome.TrySetResult(null);
        engine.UpgradeFailed += error => outcome.TrySetResult(error);
        engine.Closed += (reason, error) => outcome.TrySetResult(error ?? new EngineClientException(reason, EngineClientStage.Probe));
        engine.Open();
        return await outcome.Task.WaitAsync(cancellationToken) is { } failure ? new(failure.Reason.TrimEnd('.'), ProxyCure) : new("from polling to WebSocket");
    }

    private async Task<Finding?> JoinAsync(CancellationToken cancellationToken)
    {
        var options = CreateOptions(UsableTransports);
        options.Reconnection = false;
        await using var manager = new SocketManager(settings.Url, options);
        var socket = manager.Socket(settings.Namespace);
        try
        {
            await socket.ConnectAsync(cancellationToken);
            return new($"{settings.Namespace} lets us in as {socket.Id}");
        }
        catch (SocketConnectException refusal) when (refusal.Kind == ConnectErrorKind.Refused)
        {
            return new(
                $"the namespace {settings.Namespace} refuses us: {refusal.Message}",
                refusal.Message == "Invalid namespace"
                    ? "the server has no such namespace: check the path of the URL, or add io.of(name) there"
                    : "the application says so, in a middleware most often: check the credentials (--auth; the option auth)");
        }
        catch (SocketConnectException failure)
        {
            return new(failure.Engine?.Reason.TrimEnd('.') ?? failure.Message, "see the steps before");
        }
        catch (SocketDisconnectedException end)
        {
            return new($"the server ended the connection ({end.Message.TrimEnd('.')})", "the parsers may differ (--parser does not matter here), or the server closes it: look at its log");
        }
    }

    private async Task<Finding?> AwaitPingAsync(CancellationToken cancellationToken)
    {
        if (settings.IsQuick || _handshake is not { } handshake) return null;
        var limit = handshake.PingInterval + handshake.PingTimeout;
        var outcome = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var engine = new EngineClient(settings.Url, CreateOptions(UsableTransports));
        var start = Stopwatch.GetTimestamp();
        // In revision 3 the client pings.
        var awaited = settings.Revision == EngineRevision.V3 ? EnginePacketType.Pong : EnginePacketType.Ping;
        engine.PacketReceived += packet =>
        {
            if (packet.Type == awaited) outcome.TrySetResult(null);
        };
        engine.Closed += (reason, error) => outcome.TrySetResult(error?.Reason.TrimEnd('.') ?? reason);
        engine.Open();
        var end = await outcome.Task.WaitAsync(cancellationToken);
        var elapsed = $"{Stopwatch.GetElapsedTime(start).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)} s";
        return end switch
        {
            null => new($"came after {elapsed}, as announced ({handshake.PingInterval.TotalSeconds} s)"),
            "ping timeout" => new($"no ping came within {limit.TotalSeconds} s", "the server is blocked, or a proxy keeps its answers back: turn buffering off (nginx: proxy_buffering off)"),
            _ => new(
                $"the connection was cut after {elapsed}, before the first ping ({end})",
                $"something ends quiet connections: raise its idle timeout above {limit.TotalSeconds} s (nginx: proxy_read_timeout), or lower the server's pingInterval"),
        };
    }

    private string[] UsableTransports => _lacksPolling ? ["websocket"] : ["polling", "websocket"];

    private async Task<Finding?> OpenAsync(string transport, string cure, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            var options = CreateOptions(transport);
            options.Upgrade = false;
            await using var engine = await EngineClient.ConnectAsync(settings.Url, options, cancellationToken);
            return new($"opens after {Stopwatch.GetElapsedTime(start).TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture)} ms");
        }
        catch (EngineClientException failure)
        {
            return new(failure.Reason.TrimEnd('.'), cure);
        }
        catch (OperationCanceledException)
        {
            return new($"{transport} does not open within {settings.Timeout.TotalSeconds} s", cure);
        }
    }

    private SocketManagerOptions CreateOptions(params string[] transports)
    {
        var options = settings.CreateOptions();
        options.Transports = transports;
        options.DangerousAcceptAnyServerCertificate = _acceptsAnyCertificate;
        return options;
    }
}
