using EngineIO.AspNetCore.Requests;
using EngineIO.AspNetCore.Transports;
using EngineIO.AspNetCore.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EngineIO.AspNetCore;

public sealed partial class EngineServer
{
    /// <summary>Handles a request: middlewares, verification, then the session it opens or belongs to.</summary>
    /// <param name="context">The request; any path. The WebSocket middleware must have run.</param>
    /// <returns>A task that completes when the request is answered; for a WebSocket, when it has ended.</returns>
    public Task HandleAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return ReadAsync(AnswerAsync(new EngineRequest(context)));

        // All that waits here while a WebSocket is idle.
        static async Task ReadAsync(ValueTask<WebSocketTransport?> answer)
        {
            if (await answer is { } transport) await transport.ReadAsync();
        }
    }

    /// <returns>The WebSocket that is to be read within the request; null where the request is answered.</returns>
    private async ValueTask<WebSocketTransport?> AnswerAsync(EngineRequest request)
    {
        var context = request.HttpContext;
        if (!request.IsUpgrade && Loggers.Engine.IsEnabled(LogLevel.Debug))
        {
            Log.Intercepting(Loggers.Engine, Options.Path.TrimEnd('/') + (Options.AddTrailingSlash ? "/" : ""));
            Log.HandlingRequest(Loggers.Engine, context.Request.Method, context.Request.Path + context.Request.QueryString);
        }

        // 1. CORS and the application's middlewares, one of which may answer.
        bool goesOn;
        try
        {
            goesOn = !CorsHeaders.Apply(context, Options.Cors) && await RunMiddlewaresAsync(request);
        }
        catch (Exception error) when (IsDeparture(error, context))
        {
            return null;
        }
        catch (Exception error)
        {
            Log.MiddlewareFailed(Loggers.Engine, error);
            await RefuseAsync(request, Refusal.MiddlewareFailure());
            return null;
        }

        if (!goesOn) return null;

        // 2. May it be?
        Refusal? refusal;
        EngineSession? session;
        try
        {
            refusal = await RequestVerifier.VerifyAsync(request, this, out session);
        }
        catch (Exception error) when (IsDeparture(error, context))
        {
            return null;
        }
        catch (Exception error)
        {
            // Only allowRequest runs the application's code here.
            Log.AllowRequestFailed(Loggers.Engine, error);
            (refusal, session) = (Refusal.Forbidden(message: null), null);
        }

        // 3. To its session, or a new one.
        if (refusal is not null)
        {
            await RefuseAsync(request, refusal);
            return null;
        }

        HostLimits.Lift(context);
        if (session is null) return await HandshakeAsync(request);
        if (request.IsUpgrade) return await UpgradeAsync(request, session);
        await ContinueAsync(request, session);
        return null;
    }

    // The client has gone: nothing of ours failed, and nobody is left to tell.
    private static bool IsDeparture(Exception error, HttpContext context) =>
        error is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested;

    private async ValueTask<bool> RunMiddlewaresAsync(EngineRequest request)
    {
        Func<EngineRequest, Func<ValueTask>, ValueTask>[] middlewares;
        lock (_middlewares)
        {
            if (_middlewares.Count == 0)
            {
                Log.NoMiddleware(Loggers.Engine);
                return true;
            }

            middlewares = [.. _middlewares];
        }

        var reachedEnd = false;
        await RunFromAsync(0);
        return reachedEnd;

        ValueTask RunFromAsync(int index)
        {
            if (index == middlewares.Length)
            {
                reachedEnd = true;
                return default;
            }

            var called = false;
            return middlewares[index](request, () =>
            {
                if (called)
                {
                    Log.MiddlewareSettled(Loggers.Engine);
                    return default;
                }

                called = true;
                return RunFromAsync(index + 1);
            });
        }
    }

    private async ValueTask<WebSocketTransport?> HandshakeAsync(EngineRequest request)
    {
        if (IsDraining)
        {
            Metrics.RefusedBecauseDraining();
            RefusalAnswer.WriteUnavailable(request.HttpContext);
            return null;
        }

        if (!TryReserve())
        {
            await RefuseAsync(request, Refusal.TooManySessions());
            return null;
        }

        string id;
        try
        {
            id = Options.GenerateId is { } generate ? await generate(request.HttpContext) : SessionId.Generate();
            if (string.IsNullOrEmpty(id)) throw new InvalidOperationException("generateId gave no id.");
        }
        catch (Exception error)
        {
            await RefuseIdAsync(error);
            return null;
        }

        Log.Handshaking(Loggers.Engine, id);
        var session = new EngineSession(id, request, this);
        if (!_sessions.TryAdd(id, session))
        {
            await RefuseIdAsync(new InvalidOperationException("generateId gave an id that is in use."));
            return null;
        }

        if (request.IsUpgrade) return await OpenWebSocketAsync(request, session);
        await OpenPollingAsync(request, session);
        return null;

        Task RefuseIdAsync(Exception error)
        {
            Release();
            Log.IdGenerationFailed(Loggers.Engine, error);
            return RefuseAsync(request, Refusal.IdGeneration(error));
        }
    }

    private async Task OpenPollingAsync(EngineRequest request, EngineSession session)
    {
        var transport = new PollingTransport(session, this, request.SupportsBinary);
        transport.BeginPoll(request, out var poll);
        await session.OpenAsync(transport, () => RaiseConnection(session));
        await transport.WaitAsync(poll);
    }

    private async ValueTask<WebSocketTransport?> OpenWebSocketAsync(EngineRequest request, EngineSession session)
    {
        var socket = await AcceptAsync(request, session.Id);
        if (socket is null)
        {
            Remove(session);
            return null;
        }

        var transport = new WebSocketTransport(session, this, socket, request.SupportsBinary);
        await session.OpenAsync(transport, () => RaiseConnection(session));
        return Detach(request, transport);
    }

    private Task ContinueAsync(EngineRequest request, EngineSession session)
    {
        Log.SettingRequest(Loggers.Engine);
        return session.HandleAsync(request);
    }

    private async ValueTask<WebSocketTransport?> UpgradeAsync(EngineRequest request, EngineSession session)
    {
        var socket = await AcceptAsync(request, session.Id);
        if (socket is null) return null;
        var transport = new WebSocketTransport(session, this, socket, request.SupportsBinary);
        // Accepted in order to be closed, as the reference does.
        if (!session.TryBeginUpgrade(transport)) transport.Close();
        return Detach(request, transport);
    }

    /// <summary>Leaves the reading to the connection, where it outlives the request.</summary>
    private static WebSocketTransport? Detach(EngineRequest request, WebSocketTransport transport) =>
        request.HttpContext.Features.Get<DetachableConnection>()?.TryDetach(transport.ReadAsync) == true ? null : transport;

    private void RaiseConnection(EngineSession session)
    {
        Action<EngineSession>[] handlers;
        lock (_connectionHandlers) handlers = [.. _connectionHandlers];
        foreach (var handler in handlers)
        {
            try
            {
                handler(session);
            }
            catch (Exception error)
            {
                Log.ConnectionHandlerFailed(Loggers.Engine, error);
            }
        }

        // The server may have closed while the session was born.
        if (IsClosing) session.Close(discard: true);
    }

    // A method may be any word: one that a client made up stays out of the log.
    private static string NameOf(string method) =>
        method is "GET" or "POST" or "HEAD" or "PUT" or "PATCH" or "DELETE" or "OPTIONS" or "CONNECT" or "TRACE" ? method : "unknown method";

    internal Task RefuseAsync(EngineRequest request, Refusal refusal)
    {
        Log.Refused(Loggers.Engine, (int)refusal.Code, ConnectionErrorText(refusal), NameOf(request.HttpContext.Request.Method));
        if (Loggers.Engine.IsEnabled(LogLevel.Debug) && refusal.DebugLine is { } line) Log.RefusedBecause(Loggers.Engine, line);
        if (request.HttpContext.Response.HasStarted) Log.HeadersAlreadySent(Loggers.Engine);
        Metrics.Refused(refusal.Code);
        try
        {
            ConnectionError?.Invoke(new ConnectionError(request, refusal.Code, refusal.Context));
        }
        catch (Exception error)
        {
            Log.ConnectionHandlerFailed(Loggers.Engine, error);
        }

        return RefusalAnswer.WriteAsync(request, refusal);

        static string ConnectionErrorText(Refusal refusal) =>
            refusal.Context.TryGetValue("name", out var name) && name is string text ? text : AspNetCore.ConnectionError.MessageOf(refusal.Code);
    }
}
