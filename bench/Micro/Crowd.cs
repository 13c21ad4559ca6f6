using EngineIO.AspNetCore;
using SocketIO.AspNetCore;

namespace Micro;

/// <summary>A server with connected sockets, and nothing below their transports.</summary>
internal sealed class Crowd
{
    private Crowd(SocketIOServer server, NullTransport[] transports, ServerSocket[] sockets)
    {
        Server = server;
        Transports = transports;
        Sockets = sockets;
    }

    public SocketIOServer Server { get; }

    public NullTransport[] Transports { get; }

    public ServerSocket[] Sockets { get; }

    /// <summary>Opens a session for each socket, and joins the main namespace.</summary>
    public static async Task<Crowd> GatherAsync(int count)
    {
        var server = new SocketIOServer(new SocketIOOptions { ServeClient = false, PingInterval = TimeSpan.FromHours(1) });
        var sockets = new List<ServerSocket>();
        using var connected = new SemaphoreSlim(0);
        server.OnConnection(socket =>
        {
            lock (sockets) sockets.Add(socket);
            connected.Release();
        });

        var transports = new NullTransport[count];
        for (var i = 0; i < count; i++)
        {
            var context = new DefaultHttpContext();
            context.Request.QueryString = new QueryString("?EIO=4&transport=websocket");
            var session = new EngineSession($"session{i}", new EngineRequest(context), server.Engine);
            transports[i] = new NullTransport(session);
            await session.OpenAsync(transports[i], () => server.HandleConnection(session));
            await transports[i].ReceiveAsync("40"u8.ToArray());
            await connected.WaitAsync();
        }

        return new(server, transports, [.. sockets]);
    }
}
