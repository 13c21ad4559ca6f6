using SocketIO.AspNetCore.Internal;
using SocketIO.AspNetCore.Recovery;

namespace SocketIO.AspNetCore;

public partial class ServerNamespace
{
    /// <summary>A client asks for the namespace. Completes, never with a failure, when it was let in or refused.</summary>
    internal async Task ConnectAsync(ClientConnection client, Payload auth)
    {
        LogAdding(_log, Name);
        var recovery = Recovers && !client.IsV2 ? await RecoverAsync(client, auth).ConfigureAwait(false) : default;
        if (!await ConnectAsync(client, auth, recovery).ConfigureAwait(false))
        {
            // What the client missed could not be read: it begins anew.
            recovery = new RecoveryAttempt(RecoveryOutcome.Failed);
            await ConnectAsync(client, auth, recovery).ConfigureAwait(false);
        }

        if (recovery.Outcome != RecoveryOutcome.NotRequested) Server.Metrics.RecordRecovery(recovery.Outcome.ToString());
    }

    /// <returns>False where a restored session could not be given to the client after all.</returns>
    private async Task<bool> ConnectAsync(ClientConnection client, Payload auth, RecoveryAttempt recovery)
    {
        // 1. The socket, not connected yet.
        var restored = recovery.Restored;
        var socket = new ServerSocket(this, client, restored?.Session.Id ?? IdFor(client), auth, recovery);
        _connecting[socket] = 0;

        // 2. The middlewares decide.
        var isFree = _middlewares.IsEmpty || (restored is not null && SkipsMiddlewares);
        var refusal = isFree ? null : await RunMiddlewaresAsync(socket).ConfigureAwait(false);
        if (!client.IsOpen)
        {
            LogTooLate(_log);
            socket.Abandon();
            return true;
        }

        if (refusal is not null)
        {
            LogRefused(_log);
            socket.Abandon();
            client.ForgetConnect(Name);
            socket.Refuse(PayloadOf(refusal, client.IsV2));
            return true;
        }

        // 3. What the client missed comes before its grant.
        if (restored is not null && !await socket.ReplayAsync(restored).ConfigureAwait(false))
        {
            socket.Abandon(isReplaced: true);
            return false;
        }

        // 4. Connected, unless the session ended this moment.
        socket.BeginOpen();
        if (!client.TryAdd(socket))
        {
            LogTooLate(_log);
            socket.Abandon();
            return true;
        }

        try
        {
            socket.Open();
        }
        catch (Exception exception)
        {
            // An adapter of the application's threw.
            LogConnectFailed(_log, exception);
            client.Close();
        }

        return true;
    }

    internal void RaiseConnection(ServerSocket socket)
    {
        foreach (var entry in _connectionHandlers.Snapshot())
        {
            try
            {
                var handling = entry.Handler(socket);
                if (!handling.IsCompletedSuccessfully) _ = ObserveAsync(handling);
            }
            catch (Exception exception)
            {
                Server.ReportHandlerError(HandlerErrorSource.Connection, exception, this, socket);
            }
        }

        async Task ObserveAsync(ValueTask handling)
        {
            try
            {
                await handling.ConfigureAwait(false);
            }
            catch (Exception exception)
            {
                Server.ReportHandlerError(HandlerErrorSource.Connection, exception, this, socket);
            }
        }
    }

    // A 2.x client derives its ids from the session's; all others get one that tells nothing of it, for the session's id is a secret.
    private string IdFor(ClientConnection client)
    {
        if (!client.IsV2) return SocketId.Next();
        return Name == SocketProtocol.MainNamespace ? client.Session.Id : $"{Name}#{client.Session.Id}";
    }

    private async Task<ConnectionRefusedException?> RunMiddlewaresAsync(ServerSocket socket)
    {
        try
        {
            var chain = new MiddlewareChain<ServerSocket>(_middlewares.Snapshot(), socket);
            return await chain.RunAsync().ConfigureAwait(false) ? null : new ConnectionRefusedException();
        }
        catch (ConnectionRefusedException refusal)
        {
            return refusal;
        }
        catch (InvalidAuthException exception)
        {
            return new ConnectionRefusedException(exception.Message);
        }
        catch (Exception exception)
        {
            Server.ReportHandlerError(HandlerErrorSource.Middleware, exception, this, socket);
            return new ConnectionRefusedException(Server.Options.EnableDetailedErrors ? exception.Message : "Internal server error");
        }
    }

    private Payload PayloadOf(ConnectionRefusedException refusal, bool isV2)
    {
        var serializer = Server.Serializer;
        try
        {
            return isV2
                ? serializer.SerializeValue(refusal.Details ?? refusal.Message)
                : serializer.SerializeConnectError(refusal.Message, refusal.Details);
        }
        catch (Exception exception)
        {
            // The details can't be serialised; the client is refused all the same.
            Server.ReportHandlerError(HandlerErrorSource.Middleware, exception, this);
            return isV2 ? serializer.SerializeValue(refusal.Message) : serializer.SerializeConnectError(refusal.Message);
        }
    }
}
