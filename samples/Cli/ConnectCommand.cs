using System.Diagnostics;
using System.Globalization;
using EngineIO.Client;
using SocketIO;
using SocketIO.Client;

namespace Cli;

/// <summary><c>socketio connect</c>: shows the life of a connection, emits what is typed.</summary>
internal sealed class ConnectCommand(Settings settings, Terminal terminal)
{
    private readonly TaskCompletionSource<int> _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _opened = Stopwatch.GetTimestamp();
    private long _pinged;

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await using var manager = CreateManager();
        var socket = manager.Socket(settings.Namespace);
        Show(manager);
        Show(socket);
        Say(Terminal.Grey, "opening", $"{settings.Url} ({string.Join(", ", settings.Transports)})");
        if (settings.Once is not null) deadline.CancelAfter(settings.Timeout);
        using var canceled = deadline.Token.Register(() => _end.TrySetResult(cancellationToken.IsCancellationRequested ? ExitCode.Ok : ExitCode.TimedOut));
        socket.Connect();
        // The console's reader holds up its thread.
        _ = Task.Run(() => EmitLinesAsync(socket, deadline.Token), CancellationToken.None);
        var code = await _end.Task;
        if (code == ExitCode.TimedOut) terminal.Error($"No event \"{settings.Once}\" within {Seconds(settings.Timeout)}.");
        return code;
    }

    private SocketManager CreateManager()
    {
        try
        {
            return new SocketManager(settings.Url, settings.CreateOptions());
        }
        catch (ArgumentException fault)
        {
            throw new UsageException(fault.Message);
        }
    }

    private void Show(SocketManager manager)
    {
        manager.OnOpen(() => OnOpen(manager));
        manager.OnPing(OnPing);
        manager.OnReconnectAttempt(attempt =>
        {
            _opened = Stopwatch.GetTimestamp();
            Say(Terminal.Yellow, "reconnecting", $"attempt {attempt}");
        });
        manager.OnReconnectFailed(() => _end.TrySetResult(ExitCode.Failed));
        manager.OnHandlerError(error => terminal.Error(error.Exception.ToString()));
    }

    private void Show(ClientSocket socket)
    {
        socket.OnConnected(() => Say(Terminal.Green, "connected", $"{socket.Namespace} as {socket.Id}{(socket.Recovered ? ", recovered" : "")}"));
        socket.OnConnectError(error =>
        {
            var data = error.Kind == ConnectErrorKind.Refused && error.GetData<System.Text.Json.JsonElement?>() is { } value ? $" {value.GetRawText()}" : "";
            Say(Terminal.Red, "failed", (error.Engine?.Reason ?? $"connect_error: {error.Message}") + data);
            if (!socket.Active) _end.TrySetResult(ExitCode.Failed);
        });
        socket.OnDisconnected(info =>
        {
            Say(Terminal.Red, "disconnected", info.Details is { } details ? $"{info.Reason}: {(details as EngineClientException)?.Reason ?? details.Message}" : info.Reason);
            if (!socket.Active) _end.TrySetResult(info.Reason == DisconnectReasons.ClientDisconnect ? ExitCode.Ok : ExitCode.Failed);
        });
        socket.OnAny(arguments =>
        {
            if (arguments.Name == settings.Once)
            {
                terminal.Line(ArgumentsOf(arguments));
                _end.TrySetResult(ExitCode.Ok);
            }
            else
            {
                Say(Terminal.Cyan, "event", $"{arguments.Name} {ArgumentsOf(arguments)}");
            }
        });
    }

    private void OnOpen(SocketManager manager)
    {
        if (manager.Engine is not { Handshake: { } handshake } engine) return;
        _pinged = Stopwatch.GetTimestamp();
        var limit = handshake.MaxPayload is { } bytes ? $", at most {bytes} bytes" : "";
        Say(
            Terminal.Blue, "handshake",
            $"{handshake.Sid} after {Milliseconds(_opened)}: ping every {Seconds(handshake.PingInterval)}, timeout {Seconds(handshake.PingTimeout)}{limit}, upgrades [{string.Join(", ", handshake.Upgrades)}]");
        engine.Upgraded += name => Say(Terminal.Blue, "upgraded", $"{name}, {Milliseconds(_opened)} after the start");
        engine.UpgradeFailed += error => Say(Terminal.Yellow, "no upgrade", error.Reason);
        Say(Terminal.Blue, "transport", engine.TransportName ?? "");
    }

    // The server pings: how late, against the interval that it announced, is what the network adds.
    private void OnPing()
    {
        var elapsed = Stopwatch.GetElapsedTime(_pinged);
        _pinged = Stopwatch.GetTimestamp();
        Say(Terminal.Grey, "ping", $"after {Seconds(elapsed)}");
    }

    private async Task EmitLinesAsync(ClientSocket socket, CancellationToken cancellationToken)
    {
        try
        {
            var answers = new List<Task>();
            while (await terminal.Input.ReadLineAsync(cancellationToken) is { } text)
            {
                if (TypedLine.Parse(text) is not { } line) continue;
                if (line.WantsAck) answers.Add(AskAsync(socket, line, cancellationToken));
                else await EmitAsync(socket, line, cancellationToken);
            }

            if (settings.Once is not null) return;
            await socket.ConnectAsync(cancellationToken);
            await Task.WhenAll(answers);
            socket.Disconnect();
        }
        catch (Exception end) when (end is OperationCanceledException or SocketConnectException or SocketDisconnectedException or ObjectDisposedException)
        {
            // Told by the handlers.
        }
    }

    private async Task EmitAsync(ClientSocket socket, TypedLine line, CancellationToken cancellationToken)
    {
        try
        {
            await socket.EmitArgumentsAsync(line.Event, line.Arguments, cancellationToken);
        }
        catch (ArgumentException reserved)
        {
            terminal.Error(reserved.Message);
        }
    }

    private async Task AskAsync(ClientSocket socket, TypedLine line, CancellationToken cancellationToken)
    {
        // The time counts once it can be sent.
        await socket.ConnectAsync(cancellationToken);
        var asked = Stopwatch.GetTimestamp();
        try
        {
            var answer = await socket.Timeout(settings.Timeout).EmitArgumentsWithAckAsync(line.Event, line.Arguments, cancellationToken);
            Say(Terminal.Magenta, "ack", $"{line.Event} {ArgumentsOf(answer)} after {Milliseconds(asked)}");
        }
        catch (Exception failure) when (failure is AckTimeoutException or SocketDisconnectedException or ArgumentException)
        {
            Say(Terminal.Red, "no ack", $"{line.Event}: {failure.Message}");
        }
    }

    private void Say(string color, string label, string text) => terminal.Line(color, label, text, isAside: settings.Once is not null);

    private static string ArgumentsOf(EventArguments arguments) => $"[{string.Join(",", arguments.ToArray().Select(TextOf))}]";

    private static string TextOf(object? argument)
    {
        if (argument is not Payload payload) return argument?.ToString() ?? "null";
        return payload.HasAttachments ? $"{payload} ({string.Join(", ", payload.Attachments.ToArray().Select(static bytes => $"{bytes.Length} bytes"))})" : payload.ToString();
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.###", CultureInfo.InvariantCulture) + " s";

    private static string Milliseconds(long since) => Stopwatch.GetElapsedTime(since).TotalMilliseconds.ToString("0.0", CultureInfo.InvariantCulture) + " ms";
}
