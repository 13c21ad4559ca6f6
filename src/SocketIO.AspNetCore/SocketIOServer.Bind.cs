using EngineIO.AspNetCore;

namespace SocketIO.AspNetCore;

// Sessions of engines that the application made.
public sealed partial class SocketIOServer
{
    private readonly List<EngineServer> _boundEngines = [];

    /// <summary>Serves the sessions of another engine beside those of <see cref="Engine"/> (<c>bind</c>): one that the application made and mapped, with options of
    /// its own. It is closed with this server, and disposed of by the application.</summary>
    /// <param name="engine">The engine; clients that connect to it from now on are served.</param>
    public void Bind(EngineServer engine)
    {
        ArgumentNullException.ThrowIfNull(engine);
        lock (_boundEngines) _boundEngines.Add(engine);
        engine.OnConnection(HandleConnection);
    }

    /// <summary>Serves one session of an engine (<c>onconnection</c>). To be called by a handler of <see cref="EngineServer.OnConnection"/>: afterwards, messages would
    /// be lost.</summary>
    /// <param name="session">The session; its <see cref="EngineSession.Handler"/> is taken.</param>
    public void HandleConnection(EngineSession session)
    {
        ArgumentNullException.ThrowIfNull(session);
        LogIncoming(_log, session.Id);
        var client = new ClientConnection(this, session);
        session.Handler = client;
        if (client.IsV2) client.ConnectImplicitly();
        if (IsClosing) session.Close(discard: true);
    }

    private async Task CloseEnginesAsync()
    {
        EngineServer[] engines;
        lock (_boundEngines) engines = [Engine, .. _boundEngines];
        foreach (var engine in engines) await engine.CloseAsync().ConfigureAwait(false);
    }
}
