using System.Collections.Concurrent;
using SocketIO.AspNetCore.Recovery;

namespace SocketIO.AspNetCore;

// Connection state recovery: who has a session, and how a client gets one back.
public partial class ServerNamespace
{
    // The sessions of live sockets and of clients that try to restore one, by private id.
    private readonly ConcurrentDictionary<string, SessionHolder> _holders = new(StringComparer.Ordinal);

    /// <summary>Whether sessions are recovered.</summary>
    internal bool Recovers => Server.Options.ConnectionStateRecovery is not null;

    private bool SkipsMiddlewares => Server.Options.ConnectionStateRecovery is { SkipMiddlewares: true };

    internal void Hold(SessionHolder holder) => _holders[holder.PrivateId] = holder;

    /// <summary>A session is stored, or lost: whoever waits for it goes on.</summary>
    internal void End(SessionHolder holder)
    {
        _holders.TryRemove(KeyValuePair.Create(holder.PrivateId, holder));
        holder.End();
    }

    internal void LogRestoreFailed(Exception exception) => LogRestoreFailed(_log, exception);

    /// <summary>Tries to give a client its former session. Never fails.</summary>
    private async ValueTask<RecoveryAttempt> RecoverAsync(ClientConnection client, Payload auth)
    {
        if (RecoveryRequest.Read(auth) is not { } request) return new(RecoveryOutcome.NotRequested);
        var attempt = await RecoverAsync(client, auth, request).ConfigureAwait(false);
        if (attempt.Restored is { } restored) LogRecovered(_log, restored.Session.Id);
        else LogNotRecovered(_log, attempt.Outcome);
        return attempt;
    }

    private async ValueTask<RecoveryAttempt> RecoverAsync(ClientConnection client, Payload auth, RecoveryRequest request)
    {
        // 1. Nobody else may have the session: not a socket whose connection was lost without our noticing, and not another attempt.
        var holder = new SessionHolder(request.PrivateId, client);
        var isAuthorized = false;
        while (_holders.GetOrAdd(request.PrivateId, holder) is var other && other != holder)
        {
            if (!isAuthorized && other.Socket is { } socket)
            {
                // Before the session is taken away, for a client that may not have it must not end it either.
                if (!await AuthorizeAsync(client, auth, socket.Id, socket.Rooms, socket.Data).ConfigureAwait(false)) return new(RecoveryOutcome.Refused);
                isAuthorized = true;
            }

            other.Client.Session.Close(discard: true);
            await other.Ended.ConfigureAwait(false);
        }

        // 2. It comes out of the store, for this client alone.
        var outcome = RecoveryOutcome.Failed;
        try
        {
            var result = await Adapter.RestoreSessionAsync(request.PrivateId, request.Offset).ConfigureAwait(false);
            outcome = result.Outcome;
            if (result.Restored is { } restored)
            {
                var session = restored.Session;
                if (isAuthorized || await AuthorizeAsync(client, auth, session.Id, session.Rooms, session.Data).ConfigureAwait(false))
                    return new(RecoveryOutcome.Recovered, restored, holder);
                outcome = RecoveryOutcome.Refused;
            }
        }
        catch (Exception exception)
        {
            LogRestoreFailed(_log, exception);
        }

        End(holder);
        return new(outcome);
    }

    private async ValueTask<bool> AuthorizeAsync(
        ClientConnection client, Payload auth, string socketId, IReadOnlyCollection<string> rooms, IDictionary<string, object?> data)
    {
        if (Server.Options.ConnectionStateRecovery?.Authorize is not { } authorize) return true;
        try
        {
            var handshake = new Handshake(client.Session.Handshake, auth, Server.Serializer, Server.TimeProvider.GetUtcNow());
            return await authorize(new RecoveryContext(this, client, handshake, socketId, rooms, data)).ConfigureAwait(false);
        }
        catch (ConnectionRefusedException)
        {
            return false;
        }
        catch (Exception exception)
        {
            Server.ReportHandlerError(HandlerErrorSource.Middleware, exception, this);
            return false;
        }
    }

    /// <summary>Waits until the sessions of disconnected sockets are stored.</summary>
    private Task WaitForStoringAsync() =>
        Task.WhenAll(_holders.Values.Where(static holder => holder.Socket is { Ends: true }).Select(static holder => holder.Ended));
}
